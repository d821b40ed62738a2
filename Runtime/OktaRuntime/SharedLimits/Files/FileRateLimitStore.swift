#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
import Synchronization

/// Shares the rate limits of orgs between the programs of one user on one machine, through files in a folder. No
/// service is needed.
///
/// ```swift
/// let store = try FileRateLimitStore(folder: "/home/ada/.local/state/hr-sync/limits")
/// configuration.rateLimitSharing = RateLimitSharing(store: store, program: "hr-sync")
/// ```
///
/// The store keeps one file per bucket and locks it for the microseconds of an exchange. A program may be killed at any
/// point: the system releases its lock, and a partially written file counts as empty. The files are readable by the
/// user only and contain no secrets.
///
/// If a file or its folder is replaced while programs run, the new file grants no permits from the first exchange of a
/// program that used the old one until the old leases have expired, which takes at most five seconds.
///
/// The folder must be on a disk of the machine. Locks on network file systems are slow, and some do not work.
public final class FileRateLimitStore: RateLimitStore {
    private let folder: LimitFolder
    private let source: any ServerClock.Source
    private let known = Mutex(KnownRecords())

    /// Creates a store, and its folder if that is missing.
    ///
    /// - Parameters:
    ///   - folder: The folder's path, the same for all programs that share limits.
    ///   - source: The clock for clients that do not know the org's time yet.
    /// - Throws: ``OktaError/configuration(_:)`` if the folder cannot be created.
    public init(
        folder: String, source: any ServerClock.Source = ServerClock.SystemSource()
    ) throws(OktaError) {
        self.folder = LimitFolder(path: folder)
        self.source = source
        do throws(FileStoreFailure) {
            try self.folder.create()
        } catch {
            throw .configuration(.init(message: "rate limits cannot be shared: \(error)"))
        }
    }

    /// Exchanges reports for permits, one bucket at a time.
    ///
    /// - Throws: ``FileStoreFailure`` if a file cannot be read or written, or if another program keeps it locked;
    ///   `CancellationError` if the task is cancelled or the store has already processed a later exchange of the
    ///   client.
    public func exchange(_ exchange: LeaseExchange) async throws -> [LeaseReply] {
        var replies: [LeaseReply] = []
        replies.reserveCapacity(exchange.requests.count)
        for request in exchange.requests { replies.append(try await reply(to: request, exchange)) }
        return replies
    }

    private func reply(to request: LeaseRequest, _ exchange: LeaseExchange) async throws -> LeaseReply {
        // A reply that was written to a removed file is discarded, since no other program can see it.
        for _ in 0..<Self.attempts {
            let file = try await folder.open(org: exchange.org, bucket: request.bucket)
            if let reply = try reply(to: request, exchange, in: file) { return reply }
        }
        throw FileStoreFailure("the files of rate limits are removed repeatedly")
    }

    /// Processes a request in a locked file. Returns `nil` if the file was removed before the reply was written.
    private func reply(
        to request: LeaseRequest, _ exchange: LeaseExchange, in file: LimitFile
    ) throws -> LeaseReply? {
        var record =
            try file.read().flatMap { LimitRecord($0, org: exchange.org, bucket: request.bucket) }
            ?? LimitRecord(org: exchange.org, bucket: request.bucket)
        guard !record.content.isLate(exchange.number, from: exchange.program) else { throw CancellationError() }
        if record.clock.offset == nil, exchange.now != nil { record.content.began = 0 }
        let now = record.clock.time(exchange.now, own: source.wallClock.milliseconds)
        let reply = record.content.exchange(
            request, from: exchange.program, number: exchange.number,
            known: known.withLock { $0.born(exchange.org, request.bucket) }, now: now)
        try file.write(record.bytes)
        guard try file.isInPlace else { return nil }
        known.withLock { $0.note(exchange.org, request.bucket, born: record.content.born) }
        return reply
    }

    private static let attempts = 3

    /// Returns the recorded buckets of an org, sorted by name, with the org's current time. A file that is being
    /// written is read again; a file that remains unreadable is skipped.
    package func known(org: String) -> [(bucket: String, content: SharedBucket, now: Int)] {
        folder.records(org: org).map { record in
            var clock = record.clock
            return (record.bucket, record.content, clock.time(nil, own: source.wallClock.milliseconds))
        }.sorted { $0.bucket < $1.bucket }
    }
}

/// An error of a ``FileRateLimitStore``.
public struct FileStoreFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The problem, with the path of the file.
    public let message: String

    /// The same text as ``message``.
    public var description: String { message }

    init(_ message: String) { self.message = message }
}
