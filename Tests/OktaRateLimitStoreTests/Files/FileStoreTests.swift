import Foundation
import Testing

@testable import OktaRuntime

#if canImport(Glibc)
import Glibc
#endif

@Suite("Files: exchanges", .hangLimit)
struct FileStoreTests {
    private static let org = "https://acme.okta.com"
    private static let start = Date(timeIntervalSince1970: 1_764_000_000)

    private func exchange(
        _ id: String = "a", bucket: String = "GET /api/v1/users/{}", waiting: Int = 0, held: Int = 0,
        stated: StatedLimit? = nil, number: Int = 0, now: Date? = start
    ) -> LeaseExchange {
        var request = LeaseRequest(bucket: bucket)
        request.waiting = waiting
        request.held = held
        request.stated = stated
        return LeaseExchange(
            org: Self.org, program: SharingProgram(id: id, name: id, weight: 1, principal: "p"), now: now,
            number: number,
            requests: [request])
    }

    @Test("Files: a store replies what SharedBucket does, at random exchanges", arguments: 1...10)
    func sameReplies(seed: Int) async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path, source: StandingSource())
        var model = SharedBucket()
        var clock = StoreClock()
        var random = ExchangeGenerator(seed: UInt64(seed), clients: [1, 3, 20][seed % 3])
        for _ in 0..<400 {
            let exchange = random.next()
            let request = try #require(exchange.requests.first)
            let now = clock.time(exchange.now, own: StandingSource().wallClock.milliseconds)
            let reply = try #require(try await store.exchange(exchange).first)
            #expect(
                reply
                    == model.exchange(request, from: exchange.program, number: exchange.number, now: now))
            random.grant(reply.granted, to: exchange.program.id)
        }
        #expect(store.known(org: "https://acme.okta.com").map(\.content) == [model])
    }

    @Test("Files: stores of one folder never grant more than is left, whoever asks at the same time")
    func concurrent() async throws {
        let folder = try TemporaryFolder()
        let stated = StatedLimit(limit: 600, remaining: 600, reset: Self.start + 60, departed: Self.start)
        _ = try await FileRateLimitStore(folder: folder.path).exchange(exchange(stated: stated))
        let granted = await withTaskGroup(of: Int.self) { group in
            for client in 0..<40 {
                group.addTask {
                    guard let store = try? FileRateLimitStore(folder: folder.path) else { return -1000 }
                    var held = 0
                    for _ in 0..<40 {
                        // On a busy machine an exchange may give up.
                        let replies = try? await store.exchange(exchange("client \(client)", waiting: 5, held: held))
                        held += replies?.first?.granted ?? 0
                    }
                    return held
                }
            }
            return await group.reduce(0, +)
        }
        #expect((1...600).contains(granted))
        #expect(folder.files.count == 1)
    }

    @Test("Files: only the owner may read folder and files")
    func modes() async throws {
        let parent = try TemporaryFolder()
        let path = "\(parent.path)/state/limits"
        let store = try FileRateLimitStore(folder: path)
        _ = try await store.exchange(exchange())
        let file = try #require(parent.files.first)
        #expect(try TemporaryFolder.mode(file) == 0o600)
        for folder in ["\(parent.path)/state", path, String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])] {
            #expect(try TemporaryFolder.mode(folder) == 0o700)
        }
    }

    @Test("Files: whatever a file holds, the exchange goes on with an empty record and writes a good one")
    func damaged() async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path)
        let stated = StatedLimit(limit: 600, remaining: 300, reset: Self.start + 60, departed: Self.start)
        _ = try await store.exchange(exchange(waiting: 4, stated: stated))
        let path = try #require(folder.files.first)
        let good = try Data(contentsOf: URL(fileURLWithPath: path))
        var bad = (0..<good.count).map { good.prefix($0) }
        for index in good.indices {
            var flipped = good
            flipped[index] ^= 0x41
            bad.append(flipped)
        }
        bad += [
            Data("{}".utf8), Data(repeating: 0, count: 4096), Data(repeating: 0xFF, count: 4096),
            good.replacing(Data("limits 2".utf8), with: Data("limits 1".utf8)),
        ]
        let empty = try await InMemory().reply(to: exchange(waiting: 9))
        for content in bad {
            try content.write(to: URL(fileURLWithPath: path))
            #expect(try await store.exchange(exchange(waiting: 9)) == [empty])
            #expect(store.known(org: Self.org).count == 1)
        }
        // Behind a shorter record lies the end of a longer one.
        try (good + Data("rest".utf8)).write(to: URL(fileURLWithPath: path))
        #expect(store.known(org: Self.org).first?.content.windows["p"]?.remaining == 300)
    }

    @Test("Files: the record of another bucket counts as empty, and long names have files of their own")
    func names() async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path)
        let long = "GET /api/v1/" + String(repeating: "long/{}/", count: 100)
        let buckets = ["GET /api/v1/users", "POST /api/v1/users", "GET /é/../..", long, long + "x"]
        for bucket in buckets { _ = try await store.exchange(exchange(bucket: bucket, waiting: 1)) }
        #expect(store.known(org: Self.org).map(\.bucket) == buckets.sorted())
        #expect(folder.files.count == buckets.count)
        let files = folder.files.sorted()
        try FileManager.default.removeItem(atPath: files[0])
        try FileManager.default.copyItem(atPath: files[1], toPath: files[0])
        for bucket in buckets { _ = try await store.exchange(exchange("b", bucket: bucket, waiting: 1)) }
        #expect(store.known(org: Self.org).map(\.bucket) == buckets.sorted())
    }

    @Test("Files: a file that stays locked is given up, and used again when it is free")
    func locked() async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path)
        _ = try await store.exchange(exchange())
        let path = try #require(folder.files.first)
        var holder = try LimitFile.open(path)
        #expect(try holder?.lock() == true)
        let error = await #expect(throws: FileStoreFailure.self) { try await store.exchange(exchange()) }
        #expect(error?.message == "another program keeps \(path) locked")
        holder = nil
        #expect(try await store.exchange(exchange()).count == 1)
    }

    @Test("Files: a folder that is removed is made again; a link, and a folder that cannot be, are errors")
    func folders() async throws {
        let parent = try TemporaryFolder()
        let path = "\(parent.path)/limits"
        let store = try FileRateLimitStore(folder: path)
        _ = try await store.exchange(exchange())
        try FileManager.default.removeItem(atPath: path)
        _ = try await store.exchange(exchange())
        let file = try #require(parent.files.first)
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "/etc/passwd")
        let error = await #expect(throws: FileStoreFailure.self) { try await store.exchange(exchange()) }
        #expect(error?.message.contains("cannot be opened") == true)
        #expect(throws: OktaError.self) { try FileRateLimitStore(folder: "/dev/null/limits") }
        #expect(throws: OktaError.self) { try FileRateLimitStore(folder: "") }
    }

    @Test("Files: an exchange that comes behind the client's next one changes nothing")
    func late() async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path)
        _ = try await store.exchange(exchange(held: 1, number: 1))
        _ = try await store.exchange(exchange(held: 5, number: 3))
        await #expect(throws: CancellationError.self) { try await store.exchange(exchange(held: 2, number: 2)) }
        #expect(store.known(org: Self.org).first?.content.members["a"]?.held == 5)
    }

    /// What may happen to the files of programs that run.
    enum Loss: CaseIterable {
        case file, folder, replaced
    }

    private func lose(_ loss: Loss, _ path: String) throws {
        switch loss {
        case .file:
            for file in FileManager.default.subpaths(atPath: path) ?? [] where file.hasSuffix(".limits") {
                try FileManager.default.removeItem(atPath: "\(path)/\(file)")
            }
        case .folder: try FileManager.default.removeItem(atPath: path)
        case .replaced:
            try FileManager.default.moveItem(atPath: path, toPath: "\(path)-before")
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        }
    }

    @Test(
        "Files: a program that has lost its files grants nothing to anybody until the leases of before have ended",
        arguments: Loss.allCases)
    func lost(loss: Loss) async throws {
        let parent = try TemporaryFolder()
        let path = "\(parent.path)/limits"
        let old = try FileRateLimitStore(folder: path, source: StandingSource())
        let stated = StatedLimit(limit: 600, remaining: 600, reset: Self.start + 60, departed: Self.start)
        #expect(try await old.exchange(exchange(waiting: 100, stated: stated)).first?.granted == 100)
        try lose(loss, path)
        // A program that knew nothing makes the new file.
        let new = try FileRateLimitStore(folder: path, source: StandingSource())
        _ = try await new.exchange(exchange("b", stated: stated, now: Self.start + 1))
        let reply = try #require(
            try await old.exchange(exchange(waiting: 10, held: 100, now: Self.start + 1.5)).first)
        #expect(reply.granted == 0 && reply.retryAfter == .milliseconds(4500))
        #expect(try await new.exchange(exchange("b", waiting: 10, now: Self.start + 2)).first?.granted == 0)
        // Both count in one file.
        #expect(store(old) == store(new) && store(new).members["a"]?.held == 100)
        #expect(try await new.exchange(exchange("b", waiting: 10, now: Self.start + 6)).first?.granted == 10)
    }

    private func store(_ store: FileRateLimitStore) -> SharedBucket {
        store.known(org: Self.org).first?.content ?? SharedBucket()
    }

    @Test(
        "Files: a file is not used when it was removed or moved while its lock was waited for, or held",
        arguments: Loss.allCases)
    func outOfPlace(loss: Loss) async throws {
        let parent = try TemporaryFolder()
        let path = "\(parent.path)/limits"
        let store = try FileRateLimitStore(folder: path)
        _ = try await store.exchange(exchange())
        let file = try #require(parent.files.first)
        let waiting = try #require(try LimitFile.open(file))
        do {
            let held = try #require(try LimitFile.open(file))
            #expect(try held.lock() && held.isInPlace)
            try lose(loss, path)
            #expect(try !held.isInPlace)
            let next = try FileRateLimitStore(folder: path)
            _ = try await next.exchange(exchange())
            #expect(try !held.isInPlace)
        }
        #expect(try !waiting.lock())
    }

    @Test("Files: a client without a response uses the offset that others have left")
    func offset() async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path, source: StandingSource())
        let org = StandingSource().wallClock + 3600
        let stated = StatedLimit(limit: 600, remaining: 300, reset: org + 60, departed: org)
        _ = try await store.exchange(exchange(stated: stated, now: org))
        let reply = try #require(try await store.exchange(exchange("b", waiting: 1, now: nil)).first)
        #expect(reply.window?.remaining == 300)
        #expect(store.known(org: Self.org).first?.now == org.milliseconds)
    }
}

/// A clock that stands.
struct StandingSource: ServerClock.Source {
    var elapsed: Duration { .zero }
    var wallClock: Date { Date(timeIntervalSince1970: 1_764_000_000) }
    func sleep(until moment: Duration) async throws(CancellationError) {}
}

/// What an empty store replies.
private struct InMemory {
    func reply(to exchange: LeaseExchange) async throws -> LeaseReply {
        var bucket = SharedBucket()
        let request = try #require(exchange.requests.first)
        return bucket.exchange(request, from: exchange.program, now: try #require(exchange.now).milliseconds)
    }
}
