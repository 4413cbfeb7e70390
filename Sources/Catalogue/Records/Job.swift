import Foundation
import GRDB

/// A batch of pictures to generate. The queue is in the database, so that it outlives the process that works on it.
public struct Job: Codable, Sendable, Equatable, Identifiable {
    public enum State: String, Codable, Sendable, CaseIterable {
        case queued, running, paused, done, cancelled, failed

        /// There is still something to do.
        public var isUnfinished: Bool { self == .queued || self == .running || self == .paused }
    }

    /// How soon a job's turn comes: all of a higher priority come before all of a lower one.
    public enum Priority: Int, Codable, Sendable, CaseIterable, Comparable {
        case low = -1
        case normal = 0
        case high = 1

        public static func < (one: Priority, other: Priority) -> Bool { one.rawValue < other.rawValue }
    }

    public let id: Int64
    public let productID: Int64
    /// Of the first picture; the i-th has ``GenerationSettings/picture(_:)`` of i.
    public let settings: GenerationSettings
    /// Pictures asked for.
    public let count: Int
    /// Pictures stored. The next one to paint is number `done` from 0.
    public let done: Int
    public let state: State
    public let priority: Priority
    /// Why it failed, or nil.
    public let message: String?
    public let createdAt: Date

    init(row: Row) throws {
        id = row["id"]
        productID = row["productID"]
        settings = try StableJSON.decode(GenerationSettings.self, from: row["settings"])
        count = row["count"]
        done = row["done"]
        state = State(rawValue: row["state"]) ?? .failed
        priority = Priority(rawValue: row["priority"]) ?? .normal
        message = row["message"]
        createdAt = row["createdAt"]
    }
}
