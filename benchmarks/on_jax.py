"""The functions of the lessons, handed to JAX by the questions that NumPy asks its operands.

There is no second definition of the mathematics. Where JAX finds a graphics card, or several devices, it uses
them; that was not run here.
"""

import jax
import jax.numpy as jnp
import numpy as np

from dnn_lessons.engines.recorded import passes
from dnn_lessons.parameters import update_parameters

jax.config.update("jax_enable_x64", True)


class OnJax(np.lib.mixins.NDArrayOperatorsMixin):
    """An array of JAX that NumPy's functions take: each is done by JAX's function of that name."""

    def __init__(self, value):
        self.value = value

    shape = property(lambda self: self.value.shape)
    dtype = property(lambda self: self.value.dtype)
    T = property(lambda self: OnJax(self.value.T))

    def __array_ufunc__(self, ufunc, method, *inputs):
        return OnJax(getattr(jnp, ufunc.__name__)(*map(plain, inputs)))

    def __array_function__(self, function, types, inputs, settings):
        return OnJax(getattr(jnp, function.__name__)(*map(plain, inputs), **settings))

    def sum(self, **settings):
        """The sum, as ndarray.sum gives it."""
        return OnJax(self.value.sum(**settings))


def plain(x):
    """The array of JAX in x, and anything else as it is."""
    return x.value if isinstance(x, OnJax) else x


def training(model, rate):
    """The function (parameters, X^T, Y^T, batches) -> (parameters, cost of each epoch), compiled as a whole."""
    _, output, cost = model
    mean_loss, *_ = cost.from_logits.get(output.forward, (cost.forward,))
    mesh = jax.sharding.Mesh(jax.devices(), ("examples",))
    parted = jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec("examples"))

    def step(P, XT, YT):
        parts = (jax.lax.with_sharding_constraint(A, parted) for A in (XT, YT))
        X, Y = (OnJax(A.T) for A in parts)  # each device takes its part of the batch
        weights = {name: OnJax(value) for name, value in P.items()}
        predicted, *_, grads = passes(X, Y, weights, model)
        new = update_parameters(weights, grads, rate)
        return {name: A.value for name, A in new.items()}, mean_loss(predicted, Y).value

    @jax.jit
    def train(P, XT, YT, batches):
        def epoch(P, batches):
            P, costs = jax.lax.scan(lambda P, i: step(P, XT[i], YT[i]), P, batches)
            return P, costs.mean()

        return jax.lax.scan(epoch, P, batches)

    return train
