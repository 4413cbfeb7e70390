/// The shortest of up to four attempts, in seconds; no further one where an attempt stays under `limit`.
///
/// What is promised to take less than so long is seen once at least, also on a machine that does something else at the moment.
func shortest(under limit: Double, of attempt: () throws -> Double) rethrows -> Double {
    var taken = try attempt()
    for _ in 1..<4 where taken >= limit { taken = min(taken, try attempt()) }
    return taken
}
