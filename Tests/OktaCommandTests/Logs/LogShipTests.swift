#if CommandLine && LocalOrg
import Foundation
import GRDB
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Synchronization
import Testing

/// The targets of `okta logs ship`.
enum ShipPlace: String, CaseIterable, CustomTestStringConvertible {
    case file, sqlite, postgres

    var testDescription: String { rawValue }

    /// The address of a PostgreSQL server for tests, which `Tests/Postgres/with-postgres` starts.
    static var postgresAddress: String? { ProcessInfo.processInfo.environment["OKTA_POSTGRES"] }

    /// The targets that are available on this machine.
    static var testable: [ShipPlace] { postgresAddress == nil ? [.file, .sqlite] : allCases }

    func destination(_ sandbox: Sandbox) -> String {
        switch self {
        case .file: "events.ndjson"
        case .sqlite: "sqlite:events.db"
        case .postgres: Self.postgresAddress ?? ""
        }
    }

    /// Removes all events from the target.
    func prepare() throws {
        guard self == .postgres else { return }
        _ = try Self.psql("DROP TABLE IF EXISTS okta_log_events, okta_log_positions")
    }

    /// The ids of the stored events, sorted.
    func identifiers(_ sandbox: Sandbox) throws -> [String] {
        switch self {
        case .file: return try LogScene.identifiers(in: sandbox.read("events.ndjson")).sorted()
        case .sqlite:
            return try DatabaseQueue(path: "\(sandbox.path)/events.db").read { database in
                try String.fetchAll(database, sql: "SELECT json_extract(event, '$.uuid') FROM okta_log_events")
            }.sorted()
        case .postgres:
            return try Self.psql("SELECT event ->> 'uuid' FROM okta_log_events").split(separator: "\n").map(String.init)
                .sorted()
        }
    }

    private static func psql(_ statement: String) throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let path = try #require(ToolProcess.find("psql", environment))
        let result = ToolProcess.run(path, ["-qAtX", "-c", statement, postgresAddress ?? ""], environment)
        try #require(result?.status == 0)
        return String(decoding: result?.output ?? [], as: UTF8.self)
    }
}

@Suite("Logs: ship", .serialized)
struct LogShipTests {
    @Test(
        "Ship: each event once over several runs, including unusual texts", .hangLimit, arguments: ShipPlace.testable
    )
    func shipsOnce(_ place: ShipPlace) async throws {
        try place.prepare()
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        let ship = ["logs", "ship", "--once", "--since", "1h", "--page-size", "10", "--to", place.destination(sandbox)]
        try await LogScene.makeEvents(35, in: org, prefix: "Ünï \u{1F600} \"\\u0000\\\" ")
        let first = try await sandbox.okta(ship)
        #expect(first.code == 0, "\(first.errors)")
        #expect(first.errors.contains("events stored"))
        #expect(try place.identifiers(sandbox) == (try await LogScene.events(of: org)).sorted())
        try await LogScene.makeEvents(5, in: org, prefix: "H")
        #expect(try await sandbox.okta(ship).code == 0)
        #expect(try place.identifiers(sandbox) == (try await LogScene.events(of: org)).sorted())
        await org.stop()
    }

    /// The number of kills: a few by default, or the value of the variable.
    private static let kills = ProcessInfo.processInfo.environment["OKTA_SHIP_KILLS"].flatMap { Int($0) } ?? 4

    @Test("Ship: random kills neither lose nor duplicate an event", .hangLimit, arguments: ShipPlace.testable)
    func survivesKills(_ place: ShipPlace) async throws {
        try place.prepare()
        var random = SplitMix64(seed: 0x5EED ^ UInt64(place.rawValue.utf8.count))
        let victim = Victim()
        var options = LocalOrg.Options()
        options.observer = { request, _ in victim.seeRequest(request.target) }
        let org = try await LocalOrg.start(options)
        let sandbox = try Sandbox(org)
        try await LogScene.makeEvents(60, in: org)
        let ship = ["logs", "ship", "--once", "--since", "1h", "--page-size", "3", "--to", place.destination(sandbox)]
        for number in 0..<Self.kills {
            // Further events give each run some work.
            try await LogScene.makeEvents(12, in: org, prefix: "K\(number)-")
            victim.arm(
                afterRequests: Int.random(in: 0...6, using: &random),
                microseconds: Int.random(in: 0...4000, using: &random))
            let process = try sandbox.start(ship)
            victim.set(process)
            _ = await process.outcome()
            victim.disarm()
            let stored = try place.identifiersSoFar(sandbox)
            #expect(Set(stored).count == stored.count, "kill \(number)")
        }
        let last = try await sandbox.okta(ship)
        #expect(last.code == 0, "\(last.errors)")
        #expect(try place.identifiers(sandbox) == (try await LogScene.events(of: org)).sorted())
        await org.stop()
    }

    @Test("Ship: an unreachable server is a network failure, without the password", .hangLimit)
    func unreachableServer() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        let receiver = try LoopbackReceiver(port: 0)
        let address = "postgres://me:hidden@127.0.0.1:\(receiver.port)/x?connect_timeout=1"
        let run = try await sandbox.okta("logs", "ship", "--once", "--to", address)
        // Without libpq on this machine, the failure is a usage error that says how to install it.
        #expect(run.code == 3 || (run.code == 2 && run.errors.contains("libpq")), "\(run.errors)")
        #expect(!run.errors.contains("hidden"))
        #expect(!(try sandbox.read("state/okta/commands.log")).contains("hidden"))
        await org.stop()
    }
}

extension ShipPlace {
    /// The ids of the stored complete events while a batch may be incomplete.
    fileprivate func identifiersSoFar(_ sandbox: Sandbox) throws -> [String] {
        guard self == .file else {
            return (try? identifiers(sandbox)) ?? []
        }
        // Bytes after the recorded length do not count, because the next run truncates them.
        guard let side = try? JSON(parsing: sandbox.read("events.ndjson.position")),
            let length = side["length"]?.int
        else { return [] }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(sandbox.path)/events.ndjson"))
        #expect(bytes.count >= length)
        return try LogScene.identifiers(in: String(decoding: bytes.prefix(length), as: UTF8.self))
    }
}

/// Kills a process some time after one of its requests.
private final class Victim: Sendable {
    private struct State {
        var process: ChildProcess?
        var requestsLeft: Int?
        var microseconds = 0
    }

    private let state = Mutex(State())

    func arm(afterRequests count: Int, microseconds: Int) {
        state.withLock { $0 = State(requestsLeft: count, microseconds: microseconds) }
    }

    func set(_ process: ChildProcess) { state.withLock { if $0.requestsLeft != nil { $0.process = process } } }

    func disarm() { state.withLock { $0 = State() } }

    func seeRequest(_ target: String) {
        guard target.hasPrefix("/api/v1/logs") else { return }
        let delay: Int? = state.withLock { state in
            guard let left = state.requestsLeft else { return nil }
            state.requestsLeft = left > 0 ? left - 1 : nil
            return left == 0 ? state.microseconds : nil
        }
        guard let delay else { return }
        DispatchQueue.global().asyncAfter(deadline: .now() + .microseconds(delay)) {
            self.state.withLock { $0.process }?.signal(SIGKILL)
        }
    }
}
#endif
