"""Right answers in the manner of much published material: they call earlier and given functions."""

#: By exercise: answers that call what the notebook's imports bring.
ANSWERS = [
    ("initialize_parameters", """
def initialize_parameters(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = sigmoid(np.full((n_h, 1), -np.inf))[0]
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
"""),
    ("initialize_parameters_deep", """
def initialize_parameters_deep(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        two = initialize_parameters(layer_dims[l - 1], layer_dims[l], 1)
        parameters["W" + str(l)], parameters["b" + str(l)] = two["W1"], two["b1"]
    return parameters
"""),
    ("linear_forward", """
def linear_forward(A, W, b):
    shapes = initialize_parameters(A.shape[0], W.shape[0], 1)
    assert shapes["W1"].shape == W.shape
    return np.dot(W, A) + b, (A, W, b)
"""),
    ("linear_activation_forward", """
def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z=Z) if activation == "sigmoid" else relu(Z=Z)
    return A, (linear_cache, activation_cache)
"""),
    ("L_model_forward", """
def L_model_forward(X, parameters):
    caches, A, L = [], X, len(parameters) // 2
    for l in range(1, L + 1):
        Z, linear_cache = linear_forward(A, parameters["W" + str(l)], parameters["b" + str(l)])
        A, activation_cache = sigmoid(Z) if l == L else relu(Z)
        caches.append((linear_cache, activation_cache))
    return A, caches
"""),
    ("compute_cost", """
def compute_cost(AL, Y):
    Z, _ = linear_forward(np.log(AL).T, Y, 0)
    rest, _ = linear_forward(np.log(1 - AL).T, 1 - Y, 0)
    return np.squeeze(-(Z + rest) / Y.shape[1])
"""),
    ("linear_backward", """
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev, _ = linear_forward(dZ, W.T, 0)
    return dA_prev, np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m
"""),
    ("linear_activation_backward", """
def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, cache=activation_cache)
    else:
        dZ = sigmoid_backward(dA, cache=activation_cache)
    return linear_backward(dZ, linear_cache)
"""),
    ("linear_activation_backward", """
def linear_activation_backward(dA, cache, activation):
    linear_cache, Z = cache
    s, _ = sigmoid(Z)
    dZ = dA * s * (1 - s) if activation == "sigmoid" else relu_backward(dA, Z)
    return linear_backward(dZ, linear_cache)
"""),
    ("L_model_backward", """
def L_model_backward(AL, Y, caches):
    grads, L = {}, len(caches)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in reversed(range(L)):
        linear_cache, activation_cache = caches[l]
        backward = sigmoid_backward if l == L - 1 else relu_backward
        dZ = backward(dA, cache=activation_cache)
        dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = linear_backward(dZ, linear_cache)
        grads["dA" + str(l)] = dA
    return grads
"""),
    ("L_model_backward", """
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m

def L_model_backward(AL, Y, caches):
    grads, L = {}, len(caches)
    dZ = AL - Y
    for l in range(L, 0, -1):
        if l < L:
            dZ = relu_backward(grads["dA" + str(l)], caches[l - 1][1])
        found = linear_backward(dZ, caches[l - 1][0])
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = found
    return grads
"""),
    ("update_parameters", """
def update_parameters(params, grads, learning_rate):
    updated = {}
    for l in range(1, len(params) // 2 + 1):
        W, b = params["W" + str(l)], params["b" + str(l)]
        like = initialize_parameters_deep([W.shape[1], W.shape[0]])
        assert like["b1"].shape == b.shape
        updated["W" + str(l)] = W - learning_rate * grads["dW" + str(l)]
        updated["b" + str(l)] = b - learning_rate * grads["db" + str(l)]
    return updated
"""),
]  # fmt: skip
