#if CommandLine
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import OktaRuntime

/// The folder with the journals of all runs.
package struct RunFolder: Sendable {
    private let path: String

    package init(_ context: ProgramContext) throws(CommandFailure) {
        path = try context.stateFolder() + "/runs"
    }

    /// Creates the journal of a new run, readable only by the user.
    package func create(_ header: RunHeader) throws(CommandFailure) -> LockedRun {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .usage("the folder \(path) cannot be created", advice: "Set XDG_STATE_HOME.")
        }
        let lock = try RunLock.take(file(header.id, "lock"), id: header.id)
        // SQLite creates its other files with the permissions of the first.
        makePrivateFile(file(header.id, "sqlite"))
        let journal = try RunJournal(path: file(header.id, "sqlite"))
        try journal.write(header)
        return LockedRun(journal: journal, lock: lock)
    }

    /// Opens a run for work, with an exclusive lock.
    package func open(_ name: String) throws(CommandFailure) -> LockedRun {
        let id = try self.id(name)
        let lock = try RunLock.take(file(id, "lock"), id: id)
        return LockedRun(journal: try RunJournal(path: file(id, "sqlite")), lock: lock)
    }

    /// Opens a run for reading.
    package func look(_ name: String) throws(CommandFailure) -> RunJournal {
        try RunJournal(path: file(try id(name), "sqlite"))
    }

    /// Returns whether a process works on a run.
    package func isBusy(_ id: String) -> Bool { RunLock.isTaken(file(id, "lock")) }

    /// Returns another active run of the same command over the same set and org.
    package func runningTwin(of header: RunHeader) -> String? {
        ids().prefix(20).first { id in
            guard id != header.id, isBusy(id), let other = try? look(id).header() else { return false }
            return other.title == header.title && other.orgURL == header.orgURL
        }
    }

    /// Returns the ids of all runs, newest first.
    package func ids() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".sqlite") }.map { String($0.dropLast(7)) }.sorted(by: >)
    }

    /// Returns the limits from the latest runs in an org, in calls per minute.
    package func knownLimits(of orgURL: String) -> [String: Int] {
        var limits: [String: Int] = [:]
        for id in ids().prefix(5) {
            guard let journal = try? RunJournal(path: file(id, "sqlite")),
                (try? journal.header())?.orgURL == orgURL, let found = try? journal.limits()
            else { continue }
            limits.merge(found) { latest, _ in latest }
        }
        return limits
    }

    /// Removes a run that did not start.
    package func remove(_ run: LockedRun, id: String) {
        run.journal.close()
        for end in ["sqlite", "sqlite-wal", "sqlite-shm", "lock"] { unlink(file(id, end)) }
    }

    /// Returns the run with a name: its id, a unique prefix of it, or `last`.
    private func id(_ name: String) throws(CommandFailure) -> String {
        let ids = ids()
        if name == "last", let last = ids.first { return last }
        let found = ids.filter { $0 == name || (!name.isEmpty && $0.hasPrefix(name)) }
        if found.contains(name) { return name }
        guard found.count == 1 else {
            throw .usage(
                found.isEmpty ? "there is no run '\(name)'" : "'\(name)' is the beginning of \(found.count) runs",
                advice: "`okta runs list` lists them.")
        }
        return found[0]
    }

    private func file(_ id: String, _ end: String) -> String { "\(path)/\(id).\(end)" }

    /// Returns a new id: the time in milliseconds, so that ids sort, and letters that make it unique.
    package static func newID(at milliseconds: Int) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        let digits = (date.json.string ?? "").filter(\.isNumber)
        let letters = (0..<2).map { _ in "bcdfghjkmnpqrstvwxyz23456789".randomElement() ?? "x" }
        return "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(6))-\(digits.dropFirst(14))\(String(letters))"
    }
}

/// A run that this process has locked.
package struct LockedRun: Sendable {
    /// The journal of the run.
    package let journal: RunJournal
    /// The lock, held for the lifetime of this value.
    private let lock: RunLock

    fileprivate init(journal: RunJournal, lock: RunLock) {
        self.journal = journal
        self.lock = lock
    }
}

/// Creates an empty file that only the user can read.
private func makePrivateFile(_ path: String) { close(open(path, O_CREAT | O_CLOEXEC | O_WRONLY, 0o600)) }

/// A lock that the system releases when the process ends.
private final class RunLock: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    static func take(_ path: String, id: String) throws(CommandFailure) -> RunLock {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .usage(
                "the file \(path) cannot be created", advice: "Check the space and the permissions of its folder.")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .usage("another process works on the run \(id)", advice: "Wait until it ends.")
        }
        return RunLock(descriptor: descriptor)
    }

    /// Returns whether a process holds the lock. Works in read-only folders, since it writes nothing.
    static func isTaken(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    deinit { close(descriptor) }
}
#endif
