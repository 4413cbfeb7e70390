import Foundation

/// Plain versions of the operators, as short as their definitions: the yardstick that the fast ones are tested against.
///
/// They accumulate in double precision, take shapes on trust, and are slow.
enum Reference {
    /// `weight` is `[out, in, kernel height, kernel width]`, `x` `[batch, height, width, in]`.
    static func convolution(_ x: Tensor, weight: Tensor, bias: Tensor?, stride: Int, dilation: Int = 1, padding: Padding2D) -> Tensor {
        let (batch, height, width, channels) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
        let (outputs, kernelHeight, kernelWidth) = (weight.shape[0], weight.shape[2], weight.shape[3])
        let outputHeight = (height + padding.top + padding.bottom - (kernelHeight - 1) * dilation - 1) / stride + 1
        let outputWidth = (width + padding.left + padding.right - (kernelWidth - 1) * dilation - 1) / stride + 1
        let (input, kernel, offset) = (x.values, weight.values, bias?.values)
        var result: [Float] = []
        for b in 0..<batch {
            for y in 0..<outputHeight {
                for column in 0..<outputWidth {
                    for o in 0..<outputs {
                        var sum = Double(offset?[o] ?? 0)
                        for ky in 0..<kernelHeight {
                            for kx in 0..<kernelWidth {
                                let (row, col) = (y * stride + ky * dilation - padding.top, column * stride + kx * dilation - padding.left)
                                guard (0..<height).contains(row), (0..<width).contains(col) else { continue }
                                for c in 0..<channels {
                                    sum +=
                                        Double(input[((b * height + row) * width + col) * channels + c])
                                        * Double(kernel[((o * channels + c) * kernelHeight + ky) * kernelWidth + kx])
                                }
                            }
                        }
                        result.append(Float(sum))
                    }
                }
            }
        }
        return Tensor(result, shape: [batch, outputHeight, outputWidth, outputs])
    }

    /// `weight` is `[out, in]`, `x` `[…, in]`.
    static func linear(_ x: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
        let (outputs, inputs) = (weight.shape[0], weight.shape[1])
        let (input, kernel, offset) = (x.values, weight.values, bias?.values)
        var result: [Float] = []
        for row in 0..<input.count / inputs {
            for o in 0..<outputs {
                var sum = Double(offset?[o] ?? 0)
                for c in 0..<inputs { sum += Double(input[row * inputs + c]) * Double(kernel[o * inputs + c]) }
                result.append(Float(sum))
            }
        }
        return Tensor(result, shape: x.shape.dropLast() + [outputs])
    }

    /// Statistics over the positions and the channels of one group (Wu and He, "Group Normalization", equation 7).
    static func groupNorm(_ x: Tensor, groups: Int, scale: Tensor, shift: Tensor, epsilon: Float) -> Tensor {
        let (batch, channels) = (x.shape[0], x.shape[x.shape.count - 1])
        let positions = x.count / batch / channels
        let perGroup = channels / groups
        let (input, gain, offset) = (x.values, scale.values, shift.values)
        var result = input
        for b in 0..<batch {
            for group in 0..<groups {
                let members = (0..<positions).flatMap { position in
                    (group * perGroup..<(group + 1) * perGroup).map { (b * positions + position) * channels + $0 }
                }
                normalise(members, of: input, into: &result, epsilon: epsilon) { (gain[$0 % channels], offset[$0 % channels]) }
            }
        }
        return Tensor(result, shape: x.shape)
    }

    /// Statistics over the last axis (Ba, Kiros and Hinton, "Layer Normalization", equation 3).
    static func layerNorm(_ x: Tensor, scale: Tensor, shift: Tensor, epsilon: Float) -> Tensor {
        let channels = x.shape[x.shape.count - 1]
        let (input, gain, offset) = (x.values, scale.values, shift.values)
        var result = input
        for row in 0..<x.count / channels {
            let members = Array(row * channels..<(row + 1) * channels)
            normalise(members, of: input, into: &result, epsilon: epsilon) { (gain[$0 % channels], offset[$0 % channels]) }
        }
        return Tensor(result, shape: x.shape)
    }

    private static func normalise(
        _ members: [Int], of input: [Float], into result: inout [Float], epsilon: Float, affine: (Int) -> (Float, Float)
    ) {
        let mean = members.reduce(0.0) { $0 + Double(input[$1]) } / Double(members.count)
        let variance = members.reduce(0.0) { $0 + (Double(input[$1]) - mean) * (Double(input[$1]) - mean) } / Double(members.count)
        let inverse = 1 / (variance + Double(epsilon)).squareRoot()
        for index in members {
            let (gain, offset) = affine(index)
            result[index] = Float((Double(input[index]) - mean) * inverse * Double(gain) + Double(offset))
        }
    }

    /// softmax(Q Kᵀ / √headDim + mask) V, head by head (Vaswani et al., "Attention Is All You Need", equation 1).
    static func attention(query: Tensor, key: Tensor, value: Tensor, heads: Int, mask: AttentionMask) -> Tensor {
        let (batch, queries, channels) = (query.shape[0], query.shape[1], query.shape[2])
        let keys = key.shape[1]
        let size = channels / heads
        let (q, k, v) = (query.values, key.values, value.values)
        let additive: (values: [Float], perBatch: Bool)? =
            if case .additive(let tensor) = mask { (tensor.values, tensor.shape.count == 3) } else { nil }
        var result = [Float](repeating: 0, count: q.count)
        for b in 0..<batch {
            for head in 0..<heads {
                for row in 0..<queries {
                    var visible = keys
                    if case .causal = mask { visible = min(keys, row + 1) }
                    var scores = (0..<visible).map { column in
                        let product = (0..<size).reduce(0.0) {
                            $0 + Double(q[(b * queries + row) * channels + head * size + $1])
                                * Double(k[(b * keys + column) * channels + head * size + $1])
                        }
                        let extra = additive.map { $0.values[(($0.perBatch ? b : 0) * queries + row) * keys + column] } ?? 0
                        return product / Double(size).squareRoot() + Double(extra)
                    }
                    let largest = scores.max() ?? 0
                    scores = scores.map { exp($0 - largest) }
                    let total = scores.reduce(0, +)
                    for d in 0..<size {
                        let sum = (0..<visible).reduce(0.0) {
                            $0 + scores[$1] * Double(v[(b * keys + $1) * channels + head * size + d])
                        }
                        result[(b * queries + row) * channels + head * size + d] = Float(sum / total)
                    }
                }
            }
        }
        return Tensor(result, shape: query.shape)
    }

    static func activate(_ x: Tensor, _ activation: Activation) -> Tensor {
        Tensor(x.values.map { activate($0, activation) }, shape: x.shape)
    }

    static func activate(_ x: Float, _ activation: Activation) -> Float {
        let wide = Double(x)
        return switch activation {
        case .none: x
        case .silu: Float(wide / (1 + exp(-wide)))
        case .quickGELU: Float(wide / (1 + exp(-Double(quickGELUSlope) * wide)))
        case .gelu: Float(wide * (1 + erf(wide / 2.0.squareRoot())) / 2)
        case .relu: max(x, 0)
        }
    }

    /// The first half of the last axis times the GELU of the second (Shazeer, "GLU Variants Improve Transformer", section 2).
    static func geglu(_ x: Tensor) -> Tensor {
        let half = x.shape[x.shape.count - 1] / 2
        let input = x.values
        let result = (0..<input.count / 2).map { index in
            let start = index / half * half * 2 + index % half
            return input[start] * activate(input[start + half], .gelu)
        }
        return Tensor(result, shape: x.shape.dropLast() + [half])
    }

    static func upsampleNearest2x(_ x: Tensor) -> Tensor {
        let (batch, height, width, channels) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
        let input = x.values
        var result: [Float] = []
        for b in 0..<batch {
            for y in 0..<height * 2 {
                for column in 0..<width * 2 {
                    let start = ((b * height + y / 2) * width + column / 2) * channels
                    result += input[start..<start + channels]
                }
            }
        }
        return Tensor(result, shape: [batch, height * 2, width * 2, channels])
    }

    static func concatenateChannels(_ tensors: [Tensor]) -> Tensor {
        let inputs = tensors.map { (values: $0.values, channels: $0.shape[$0.shape.count - 1]) }
        let channels = inputs.reduce(0) { $0 + $1.channels }
        let rows = inputs[0].values.count / inputs[0].channels
        let result = (0..<rows).flatMap { row in
            inputs.flatMap { $0.values[row * $0.channels..<(row + 1) * $0.channels] }
        }
        return Tensor(result, shape: tensors[0].shape.dropLast() + [channels])
    }

    /// `b` is shaped like `a`, or `[batch, channels]` for the same addition at every position.
    static func add(_ a: Tensor, _ b: Tensor) -> Tensor {
        let (first, second) = (a.values, b.values)
        let channels = a.shape[a.shape.count - 1]
        let perPicture = a.count / a.shape[0]
        let result = first.indices.map { index in
            first[index] + (a.shape == b.shape ? second[index] : second[index / perPicture * channels + index % channels])
        }
        return Tensor(result, shape: a.shape)
    }
}
