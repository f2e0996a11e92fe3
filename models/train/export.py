"""Writes what the product ships: weights, thresholds, and golden vectors for the tests.

`linear.bin` (big-endian): magic NWL1, bits, heads; for each head scale, bias, 16 numbers of shape, 2^bits signed bytes.
"""

import json
import os
import shutil
import struct

import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper

import encoder
import linear


def linear_bin(model, path):
    with open(path, "wb") as f:
        f.write(struct.pack(">4sii", b"NWL1", linear.BITS, len(model)))
        for m in model.values():
            f.write(struct.pack(">ff", m["scale"], m["bias"]))
            f.write(m["shape"].astype(">f4").tobytes())
            f.write(m["bytes"].tobytes())


def encoder_onnx(net, path):
    """The network for one text at a time; ids with both marks in, one logit for each head out. 8 bits per channel."""
    w = {k: v.detach().float().numpy() for k, v in net.state_dict().items()}
    nodes, init = [], []
    count = [0]

    def const(a, name=None):
        name = name or f"c{len(init)}"
        init.append(numpy_helper.from_array(np.ascontiguousarray(a), name))
        return name

    def node(op, *inputs, **attributes):
        count[0] += 1
        out = f"n{count[0]}"
        nodes.append(h.make_node(op, list(inputs), [out], **attributes))
        return out

    def linear_layer(x, p):
        return node("Add", node("MatMul", x, const(w[p + ".weight"].T)), const(w[p + ".bias"]))

    def norm(x, p):
        return node("LayerNormalization", x, const(w[p + ".weight"]), const(w[p + ".bias"]), axis=-1, epsilon=1e-12)

    zero, one = const(np.array([0], np.int64)), const(np.array([1], np.int64))
    n = node("Slice", node("Shape", "ids"), one, const(np.array([2], np.int64)), zero)
    x = node("Add", node("Gather", const(w["word.weight"]), "ids"), node("Slice", const(w["place.weight"]), zero, n, zero))
    x = norm(x, "norm")
    shape4 = const(np.array([0, 0, 12, 32], np.int64))
    shape3 = const(np.array([0, 0, 384], np.int64))
    scale = const(np.array(32**-0.5, np.float32))
    for i in range(6):
        p = f"layers.{i}."
        q, k, v = np.split(w[p + "qkv.weight"], 3)
        bq, bk, bv = np.split(w[p + "qkv.bias"], 3)

        def part(a, b, perm):
            y = node("Add", node("MatMul", x, const(a.T)), const(b))
            return node("Transpose", node("Reshape", y, shape4), perm=perm)

        s = node("Softmax", node("Mul", node("MatMul", part(q, bq, [0, 2, 1, 3]), part(k, bk, [0, 2, 3, 1])), scale), axis=-1)
        a = node("Transpose", node("MatMul", s, part(v, bv, [0, 2, 1, 3])), perm=[0, 2, 1, 3])
        x = norm(node("Add", x, linear_layer(node("Reshape", a, shape3), p + "out")), p + "n1")
        u = linear_layer(x, p + "up")
        g = node("Mul", node("Mul", u, const(np.array(0.5, np.float32))), node("Add", node("Erf", node("Mul", u, const(np.array(2**-0.5, np.float32)))), const(np.array(1, np.float32))))
        x = norm(node("Add", x, linear_layer(g, p + "down")), p + "n2")
    pooled = node("ReduceMean", x, one, keepdims=0)
    out = linear_layer(pooled, "head")
    nodes.append(h.make_node("Identity", [out], ["logits"]))
    graph = h.make_graph(nodes, "newel", [h.make_tensor_value_info("ids", T.INT64, [1, "n"])], [h.make_tensor_value_info("logits", T.FLOAT, [1, len(encoder.HEADS)])], init)
    m = h.make_model(graph, opset_imports=[h.make_opsetid("", 18)], producer_name="newel")
    m.ir_version = 9
    onnx.checker.check_model(m)
    full = path + ".float"
    onnx.save(m, full)
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    quant_pre_process(full, full, skip_symbolic_shape=True)
    quantize_dynamic(full, path, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather"])
    return full


def session(path):
    import onnxruntime as ort

    o = ort.SessionOptions()
    o.intra_op_num_threads = 1
    return ort.InferenceSession(path, o, providers=["CPUExecutionProvider"])


def run(s, ids):
    """As the product runs it: texts one by one, long ones in parts."""
    out = np.full((len(ids), len(encoder.HEADS)), -np.inf, dtype=np.float32)
    for i, x in enumerate(ids):
        for k in range(0, max(1, len(x)), encoder.MAX_TOKENS):
            a = np.array([[101] + x[k : k + encoder.MAX_TOKENS] + [102]], dtype=np.int64)
            out[i] = np.maximum(out[i], s.run(None, {"ids": a})[0][0])
    return out
