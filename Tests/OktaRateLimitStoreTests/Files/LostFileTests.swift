import Foundation
import Testing

@testable import OktaRuntime

@Suite("Files: files and folders that are lost", .hangLimit)
struct LostFileTests {
    private static let org = "https://acme.okta.com"
    private static let start = StandingSource.start

    @Test("Files: a removed folder is created again; a link, or a folder that cannot be created, is an error")
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

    /// The ways in which the files of running programs may be lost.
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
        "Files: a program that has lost its files grants nothing until the previous leases have ended",
        arguments: Loss.allCases)
    func lost(loss: Loss) async throws {
        let parent = try TemporaryFolder()
        let path = "\(parent.path)/limits"
        let old = try FileRateLimitStore(folder: path, source: StandingSource())
        let stated = StatedLimit(limit: 600, remaining: 600, reset: Self.start + 60, departed: Self.start)
        #expect(try await old.exchange(exchange(waiting: 100, stated: stated)).first?.granted == 100)
        try lose(loss, path)
        // A program without earlier state creates the new file.
        let new = try FileRateLimitStore(folder: path, source: StandingSource())
        _ = try await new.exchange(exchange("b", stated: stated, now: Self.start + 1))
        let reply = try #require(
            try await old.exchange(exchange(waiting: 10, held: 100, now: Self.start + 1.5)).first)
        #expect(reply.granted == 0 && reply.retryAfter == .milliseconds(4500))
        #expect(try await new.exchange(exchange("b", waiting: 10, now: Self.start + 2)).first?.granted == 0)
        // Both programs count in the same file.
        #expect(store(old) == store(new) && store(new).members["a"]?.held == 100)
        #expect(try await new.exchange(exchange("b", waiting: 10, now: Self.start + 6)).first?.granted == 10)
    }

    private func store(_ store: FileRateLimitStore) -> SharedBucket {
        store.known(org: Self.org).first?.content ?? SharedBucket()
    }

    @Test(
        "Files: a file that is removed or moved while its lock is awaited or held is not used",
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
}
