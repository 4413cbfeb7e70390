/// What the network makes of a picture that it looked at twice, and whether it saw the same product both times.
struct NetworkLooks {
    /// How much each pixel belongs to the product, 0...1.
    let guess: Plane
    /// Whether the two looks found the same product.
    let agree: Bool

    /// Two looks whose common area is at least this share of what either calls product saw the same one. On development sets any share from
    /// 0.6 to 0.8 errs alike.
    private static let agreement = 0.75

    /// A picture in which one look found no product.
    init(only look: Plane) {
        guess = look
        agree = true
    }

    /// The second look sees finer edges, the first one what belongs together: their mean errs least, unless they contradict each other. Then
    /// it would be the ghost of a second product, and the look that saw everything around counts alone.
    ///
    /// - Parameters:
    ///   - first: at the whole picture.
    ///   - second: at a part of it, as large as that part.
    ///   - corner: where that part begins.
    ///   - isSeenWhole: whether both looks have seen every pixel of the whole picture. Then neither saw more than the other, and their mean
    ///     stands in any case.
    init(first: Plane, second: Plane, corner: (x: Int, y: Int), isSeenWhole: Bool) {
        var mean = first
        for index in mean.values.indices { mean.values[index] *= 0.5 }
        var common = 0
        var productOfSecond = 0
        for y in 0..<second.height {
            for x in 0..<second.width {
                let (here, other) = (first[corner.x + x, corner.y + y], second[x, y])
                mean[corner.x + x, corner.y + y] = (here + other) * 0.5
                if other > 0.5 { productOfSecond += 1 }
                if other > 0.5, here > 0.5 { common += 1 }
            }
        }
        let either = first.values.count { $0 > 0.5 } + productOfSecond - common
        agree = Double(common) >= Self.agreement * Double(either)
        guess = agree || isSeenWhole ? mean : first
    }

    /// The guess with its doubts inside the product decided: away from the outline half a mind is no half coverage. Where the looks contradict
    /// each other nothing is decided; what one of them took for product would all become it.
    var decided: Plane {
        guard agree else { return guess }
        let depth = Morphology.distances(to: true, in: guess.values.map { $0 < 0.25 }, guess.width, guess.height)
        var result = guess
        for index in guess.values.indices where depth[index] > 9 {
            result.values[index] = max(guess.values[index], min(1, (guess.values[index] - 0.25) * 5))
        }
        return result
    }
}
