"""What a network keeps of a training that may be interrupted at any moment."""


def keep_each(run, network, rng):
    """Yield the cost of each epoch; the network takes over all that it leaves, or nothing.

    Parameters
    ----------
    run : iterable of Epoch
        The training, which draws from `rng`.
    network : DeepNeuralNetwork
        Takes over parameters, cost and the state of `rng`, so that a further training goes
        on from the end of the last whole epoch.
    rng : numpy.random.Generator
        A copy of the network's own; it starts each epoch from that one's state.

    Yields
    ------
    float
        The cost of the epoch.

    Notes
    -----
    Python handles a Ctrl-C between two calls. The one assignment makes no call of Python's
    after its first value, the state, is stored; so no Ctrl-C finds it half done.
    """
    copy, own = rng.bit_generator, network.rng.bit_generator
    copy.state = own.state
    for cost, parameters in run:
        done, state = len(network.costs), copy.state
        own.state, network.parameters, network.costs[done:] = state, parameters, [cost]
        yield cost
        copy.state = own.state
