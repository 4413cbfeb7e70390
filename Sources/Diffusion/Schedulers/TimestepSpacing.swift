/// Placing the timesteps (diffusers `set_timesteps`).
extension TimestepSpacing {
    /// Timesteps, noisiest first.
    ///
    /// - Parameters:
    ///   - steps: how many
    ///   - configuration: length of the training schedule and the offset of `leading`
    ///   - skipsLast: DPM++ spaces `steps + 1` timesteps and leaves out the last, but for `trailing`
    ///   - rounded: whole timesteps; Euler keeps the fractions of `linspace`
    /// - Throws: `ModelError.invalidRequest` where so many steps cannot be placed
    func timesteps(_ steps: Int, _ configuration: SchedulerConfiguration, skipsLast: Bool, rounded: Bool) throws -> [Double] {
        let length = configuration.trainTimesteps
        guard (1...(skipsLast ? length - 1 : length)).contains(steps) else {
            throw ModelError.invalidRequest("\(steps) steps are not possible: choose between 1 and \(skipsLast ? length - 1 : length)")
        }
        let points = skipsLast ? steps + 1 : steps
        let ascending: [Double]
        switch self {
        case .linspace:
            let interval = points > 1 ? Double(length - 1) / Double(points - 1) : 0
            ascending = (0..<points).map { index in
                let value = index == points - 1 && points > 1 ? Double(length - 1) : Double(index) * interval
                return rounded ? value.rounded(.toNearestOrEven) : Double(Float(value))
            }
        case .leading:
            let ratio = length / points
            let offset = configuration.stepsOffset
            ascending = (0..<points).map { Double($0 * ratio + offset) }
            guard let noisiest = ascending.last, noisiest < Double(length) else {
                throw ModelError.invalidRequest("\(steps) steps are too many for a schedule of \(length) with steps_offset \(offset)")
            }
        case .trailing:
            let ratio = Double(length) / Double(steps)
            let interval = (Double(length) - ratio) - Double(length)
            return (0..<steps).map { (Double(length) + Double($0) * interval).rounded(.toNearestOrEven) - 1 }
        }
        return Array(ascending.reversed().prefix(steps))
    }
}
