extension BackgroundSegmentation {
    /// Takes threads of shadow off the outline and fills the notches that the flood bit into it.
    ///
    /// Both are what is left where an outline crosses a shadow of the same darkness. Thin parts of another colour (laces, straps, wires)
    /// and gaps that show the plain background stay as they are.
    mutating func tidyOutline(_ smooth: ColourField, tight: [Bool], _ likeness: Likeness) {
        let radius = max(1, max(width, height) / 220)
        let product = background.map { !$0 }
        let opened = Morphology.dilated(Morphology.eroded(product, width, height, times: radius), width, height, times: radius)
        for index in background.indices where product[index] && !opened[index] {
            if likeness.isSameSurface(smooth.values[index], surface.values[index], light: 0.3...1.25) { background[index] = true }
        }
        let pruned = background.map { !$0 }
        let reach = radius * 2
        let closed = Morphology.eroded(Morphology.dilated(pruned, width, height, times: reach), width, height, times: reach)
        for index in background.indices where background[index] && closed[index] && !tight[index] {
            let (colour, behind) = (smooth.values[index], surface.values[index])
            // A deep shadow in a corner is no notch.
            if let relation = Likeness.relation(colour, behind), relation.ratio > 0.7 { background[index] = false }
        }
    }
}
