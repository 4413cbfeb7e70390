extension ColourField {
    /// Takes the steps of 8-bit values out of smooth gradients, which an enlargement would turn into broad bands: each value moves towards
    /// its neighbourhood's mean, but no farther than the half step that rounding has hidden.
    func unrounded() -> ColourField {
        var result = self
        for _ in 0..<3 {
            var soft = result
            // Eight rounds of the small kernel reach about as far as a step of a gentle gradient is wide.
            for _ in 0..<8 { soft = soft.smoothed() }
            for index in values.indices {
                let change = clamp(soft.values[index] - values[index], -0.5, 0.5)
                result.values[index] = values[index] + change
            }
        }
        return result
    }
}
