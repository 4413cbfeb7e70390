/// Measures denoising steps. The first step of a picture also pays for the text and the canvas, so it only counts until there is another.
struct StepClock {
    private let clock = ContinuousClock()
    private var last: ContinuousClock.Instant?
    private var durations: [Double] = []
    private var isFirst = true

    /// Steps that the mean is taken over: enough to be calm, few enough to follow a machine that gets busy.
    private static let window = 12

    /// A picture begins.
    mutating func begin() {
        last = clock.now
        isFirst = true
    }

    /// Time that doesn't count has passed, for a pause.
    mutating func skip() {
        last = clock.now
    }

    /// A step is done.
    /// - Returns: the mean of the latest steps, in seconds.
    mutating func tick() -> Double {
        let now = clock.now
        let seconds = last.map { ($0.duration(to: now)) / .seconds(1) } ?? 0
        last = now
        if isFirst {
            isFirst = false
            if durations.isEmpty { return seconds }
        } else {
            durations = (durations + [seconds]).suffix(Self.window)
        }
        return durations.reduce(0, +) / Double(max(1, durations.count))
    }
}
