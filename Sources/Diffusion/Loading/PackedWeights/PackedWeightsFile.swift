import Foundation
import Tensor

/// Packed weights on disk, mapped into memory: a model that was packed once starts at once.
///
/// The file is a page with its key and then, page by page, records of a page with name, size and checksum and an array. Records are only
/// ever added, the array before the page that declares it, so that a run that is cut off leaves a shorter file and no wrong one. An array
/// is compared with its checksum when it is first used; where it differs the file is removed, and the next run makes another. Nothing that
/// goes wrong here is an error: the weights are then packed from the model's own files.
///
/// One process at a time adds to a file; others read what is there. Belongs to the thread that runs the engine.
final class PackedWeightsFile: PackedArrayArchive {
    /// What a file is made of; a file with another key is replaced.
    struct Key: Equatable {
        /// Weights, precision, versions and instruction sets, as text of less than a page.
        let text: String
    }

    let url: URL
    /// Whether an earlier run has put arrays into the file.
    let hasHistory: Bool
    /// Bytes beyond which nothing is added.
    private let limit: Int
    /// Bytes of the disk that are left to others.
    private let reserve: Int
    private let descriptor: Int32
    private var mayAdd: Bool
    private var end: Int
    private var records: [String: PackedRecord] = [:]
    private var verified: Set<String> = []
    private var mappings: [UnsafeRawBufferPointer] = []

    /// Opens the file at `url`, or makes a new one there in place of one with another key.
    ///
    /// - Parameters:
    ///   - limit: bytes beyond which nothing is added
    ///   - reserve: bytes of the disk that are left to others
    /// - Returns: nil where neither can be done
    init?(_ url: URL, key: Key, limit: Int, reserve: Int = 1 << 30) {
        self.url = url
        self.limit = limit
        self.reserve = reserve
        var descriptor = open(url.path, O_RDWR | O_CLOEXEC)
        if descriptor < 0 { descriptor = open(url.path, O_RDONLY | O_CLOEXEC) }
        if descriptor >= 0, !PackedRecord.hasKey(key, descriptor) {
            close(descriptor)
            descriptor = -1
        }
        let isNew = descriptor < 0
        if isNew { descriptor = Self.replace(url, key) }
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        (records, end) = PackedRecord.all(of: descriptor)
        hasHistory = !records.isEmpty
        mayAdd =
            fcntl(descriptor, F_GETFL) & O_ACCMODE == O_RDWR && flock(descriptor, LOCK_EX | LOCK_NB) == 0
            && Self.stands(descriptor, at: url)
        // What another process added between the reading and the lock would be written over.
        if mayAdd { (records, end) = PackedRecord.all(of: descriptor) }
    }

    deinit {
        for mapping in mappings { munmap(UnsafeMutableRawPointer(mutating: mapping.baseAddress), mapping.count) }
        close(descriptor)
    }

    func array(named name: String, byteCount: Int) -> UnsafeRawPointer? {
        guard var record = records[name], record.byteCount == byteCount else { return nil }
        if record.address == nil {
            record.address = map(record)
            records[name] = record
        }
        guard let address = record.address else { return nil }
        if verified.insert(name).inserted,
            PackedRecord.checksum(UnsafeRawBufferPointer(start: address, count: byteCount)) != record.checksum
        {
            abandon()
            return nil
        }
        return address
    }

    func keep(_ array: UnsafeRawBufferPointer, named name: String) -> UnsafeRawPointer? {
        guard mayAdd, array.count > 0, end + array.count < limit, hasRoom(for: array.count) else { return nil }
        var record = PackedRecord(offset: end + PackedRecord.page, byteCount: array.count, checksum: PackedRecord.checksum(array))
        guard record.write(array, named: name, to: descriptor) else {
            // A full disk stays full for a while.
            mayAdd = false
            return nil
        }
        end = record.end
        record.address = map(record)
        records[name] = record
        verified.insert(name)
        return record.address
    }

    func rest(_ array: UnsafeRawBufferPointer) {
        madvise(UnsafeMutableRawPointer(mutating: array.baseAddress), array.count, Int32(MADV_DONTNEED))
    }

    private func map(_ record: PackedRecord) -> UnsafeRawPointer? {
        guard let address = mmap(nil, record.byteCount, PROT_READ, MAP_SHARED, descriptor, record.offset), address != MAP_FAILED else {
            return nil
        }
        mappings.append(UnsafeRawBufferPointer(start: address, count: record.byteCount))
        return UnsafeRawPointer(address)
    }

    /// Gives a damaged file up; arrays in use stay valid as long as they are mapped.
    private func abandon() {
        records = [:]
        mayAdd = false
        if Self.stands(descriptor, at: url) { unlink(url.path) }
    }

    private func hasRoom(for count: Int) -> Bool {
        var disk = statvfs()
        guard fstatvfs(descriptor, &disk) == 0 else { return false }
        return Int(disk.f_bavail) * Int(disk.f_frsize) > count + reserve
    }

    /// A new file with `key` in the place of what is at `url`; its descriptor, negative where it cannot be made.
    private static func replace(_ url: URL, _ key: Key) -> Int32 {
        let temporary = url.path + ".\(getpid()).new"
        let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return descriptor }
        guard PackedRecord.write(key, to: descriptor), rename(temporary, url.path) == 0 else {
            unlink(temporary)
            close(descriptor)
            return -1
        }
        return descriptor
    }

    /// Whether an open file is still the one at `url`.
    private static func stands(_ descriptor: Int32, at url: URL) -> Bool {
        var (own, named) = (stat(), stat())
        return fstat(descriptor, &own) == 0 && stat(url.path, &named) == 0 && own.st_ino == named.st_ino && own.st_dev == named.st_dev
    }
}
