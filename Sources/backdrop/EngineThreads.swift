import Foundation

/// How the engine's threads wait for each other.
enum EngineThreads {
    /// Settings of libgomp's; a user who has set one of them knows better.
    private static let variables = ["GOMP_SPINCOUNT", "OMP_WAIT_POLICY"]

    /// Rounds that a thread spins before it sleeps: some ten microseconds, more than threads that run at the same time are ever
    /// apart. libgomp's own 300,000 burn whole time slices as soon as anything else wants the cores, another user or our own
    /// previews: on two cores with ten busy programs a picture took 36 s instead of 2.
    private static let spins = "1000"

    /// Starts the program anew with the setting: libgomp has read its variables before `main`.
    static func letWaitingThreadsSleep() {
        guard variables.allSatisfy({ getenv($0) == nil }), setenv(variables[0], spins, 1) == 0 else { return }
        execv("/proc/self/exe", CommandLine.unsafeArgv)
        // Where that is not possible everything works all the same, only slower under load.
    }
}
