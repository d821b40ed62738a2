#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
import Synchronization

/// Shares the rate limits of orgs between the programs of one user on one machine, through files in a folder. No service
/// is needed.
///
/// ```swift
/// let store = try FileRateLimitStore(folder: "/home/ada/.local/state/hr-sync/limits")
/// configuration.rateLimitSharing = RateLimitSharing(store: store, program: "hr-sync")
/// ```
///
/// Each bucket has a file, which is locked for the microseconds of an exchange. A program may be killed at any point:
/// the system releases its lock, and a file that was not written completely counts as empty. Only the user may read the
/// files. They hold no secrets.
///
/// If a file is removed, or its folder replaced, while programs run, the programs that have used the old one grant
/// nothing in the new one until the old leases have ended, within five seconds.
///
/// The folder must be on a disk of the machine. Locks on network file systems are slow, and some do not work.
public final class FileRateLimitStore: RateLimitStore {
    private let folder: LimitFolder
    private let source: any ServerClock.Source
    private let known = Mutex(KnownRecords())

    /// Creates a store, and its folder where it is missing.
    ///
    /// - Parameters:
    ///   - folder: The folder's path. All programs that share limits name the same one.
    ///   - source: The clock for clients that do not know the org's time yet.
    /// - Throws: ``OktaError/configuration(_:)`` when the folder cannot be created.
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

    /// Exchanges reports for permits, one bucket after the other.
    ///
    /// - Throws: ``FileStoreFailure``, also when another program keeps a file locked; `CancellationError`, also when a
    ///   later exchange of the client was carried out before.
    public func exchange(_ exchange: LeaseExchange) async throws -> [LeaseReply] {
        var replies: [LeaseReply] = []
        replies.reserveCapacity(exchange.requests.count)
        for request in exchange.requests { replies.append(try await reply(to: request, exchange)) }
        return replies
    }

    private func reply(to request: LeaseRequest, _ exchange: LeaseExchange) async throws -> LeaseReply {
        // A file that was removed meanwhile has told nobody.
        for _ in 0..<Self.attempts {
            let file = try await folder.open(org: exchange.org, bucket: request.bucket)
            if let reply = try reply(to: request, exchange, in: file) { return reply }
        }
        throw FileStoreFailure("the files of rate limits are removed again and again")
    }

    /// The reply by a file that is locked; nil when the file was removed before the reply counted.
    private func reply(
        to request: LeaseRequest, _ exchange: LeaseExchange, in file: LimitFile
    ) throws -> LeaseReply? {
        var record =
            try file.read().flatMap { LimitRecord($0, org: exchange.org, bucket: request.bucket) }
            ?? LimitRecord(org: exchange.org, bucket: request.bucket)
        guard !record.content.isLate(exchange.number, from: exchange.program) else { throw CancellationError() }
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

    /// What the files say about an org's buckets, in the order of their names, and the org's time now. A file that is
    /// being written is read once more; one that stays unreadable is left out.
    package func known(org: String) -> [(bucket: String, content: SharedBucket, now: Int)] {
        folder.records(org: org).map { record in
            var clock = record.clock
            return (record.bucket, record.content, clock.time(nil, own: source.wallClock.milliseconds))
        }.sorted { $0.bucket < $1.bucket }
    }
}

/// Why an exchange over files failed.
public struct FileStoreFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The problem, with the path of the file.
    public let message: String

    /// The message.
    public var description: String { message }

    init(_ message: String) { self.message = message }
}
