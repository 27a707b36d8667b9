"""What a network keeps of a training that may be interrupted at any moment."""


def keep_each(run, network):
    """Yield the cost of each epoch; the network takes over all that it leaves, or nothing.

    Parameters
    ----------
    run : iterable of Epoch
        The training, which draws from the network's `rng`.
    network : DeepNeuralNetwork
        Takes over the parameters and the cost of each epoch. An epoch that is interrupted
        leaves nothing: also what it has drawn from `rng` is put back, so that a further
        training goes on from the end of the last whole epoch.

    Yields
    ------
    float
        The cost of the epoch.

    Notes
    -----
    Python handles a Ctrl-C after a call or a jump. The assignment that takes an epoch over
    has neither between its parts, so no Ctrl-C finds it half done.
    """
    drawn_from = network.rng.bit_generator
    before = drawn_from.state
    try:
        for cost, parameters in run:
            done = len(network.costs)
            before, network.parameters, network.costs[done:] = None, parameters, [cost]
            yield cost
            before = drawn_from.state
    finally:
        if before is not None:
            drawn_from.state = before
