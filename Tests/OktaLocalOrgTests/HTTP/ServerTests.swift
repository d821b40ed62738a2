#if LocalOrg
import Foundation
import HTTPTypes
import Okta
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Local org: over HTTP")
struct ServerTests {
    @Test("Server: the SDK creates, reads, searches, pages and deletes")
    func servesSDK() async throws {
        let org = try await LocalOrg.start()
        let okta = org.client
        let profile = UserProfile.with {
            $0.login = "ada@example.com"
            $0.email = "ada@example.com"
            $0.firstName = "Ada"
            $0.lastName = "Lovelace"
        }
        let user = try await okta.user.createUser(CreateUserRequest(profile: profile))
        #expect(user.status == .provisioned)
        #expect(try await okta.user.getUser("ada@example.com").id == user.id)
        org.seed(users: 60)
        let found = try await okta.user.listUsers(search: "profile.lastName eq \"Lovelace\"").collect()
        #expect(found.map(\.id) == [user.id])
        let all = try await okta.user.listUsers(search: "status pr", limit: 7).collect()
        #expect(all.count == 62)
        await #expect(throws: OktaError.self) { try await okta.user.getUser("nobody") }
        #expect(org.requests.last?.status == 404)
        await org.stop()
    }

    @Test("Server: header field names are capitalized, for clients that expect Link")
    func spellsFields() async throws {
        let org = try await LocalOrg.start()
        let response = try await org.client.request(.get, "/api/v1/users", query: ["limit": "1"])
        let names = Set(response.headers.map(\.name.rawName))
        #expect(names.isSuperset(of: ["Link", "Content-Type", "X-Okta-Request-Id", "X-Rate-Limit-Reset"]))
        await org.stop()
    }

    @Test("Server: a closed connection and a truncated body are transport failures")
    func cutsConnections() async throws {
        let org = try await LocalOrg.start()
        var configuration = try OktaConfiguration(orgURL: org.url, token: "any")
        configuration.retry.maximumAttempts = 1
        let okta = try OktaClient(configuration: configuration)
        for kind in [Fault.Kind.cutConnection, .halfBody] {
            org.engine.add(Fault(kind))
            await #expect(throws: OktaError.self) { try await okta.user.getUser("me") }
            #expect(try await okta.user.getUser("me").status == .active)
        }
        await org.stop()
    }

    #if os(Linux) && compiler(>=6.2)
    @Test(
        "Server: a hundred orgs start and stop, and leave no port, thread, file or memory",
        .hangLimit)
    func startsOften() async {
        // The test runs in a separate process, where no other test opens files or keeps memory.
        await #expect(processExitsWith: .success) {
            // The first orgs allocate resources that the process keeps: threads, catalogs, reusable memory.
            try await Starts.run(50)
            let before = try Starts.Usage()
            try await Starts.run(100)
            var after = try Starts.Usage()
            // The clients' connections are closed in the background.
            for _ in 0..<10_000 where after.files > before.files || after.threads > before.threads {
                await Task.yield()
                after = try Starts.Usage()
            }
            #expect(after.files <= before.files)
            #expect(after.threads <= before.threads)
            // An org with its users takes about 2 MB, so a hundred leaked orgs would exceed this limit by far.
            #expect(after.kilobytes < before.kilobytes + 20_000)
        }
    }

    @Test("Server: an org stops while clients connect and wait for responses", .hangLimit)
    func stopsUnderLoad() async {
        // The test runs in a separate process, because another test could take a port that is free again.
        await #expect(processExitsWith: .success) { try await Starts.stopUnderLoad(rounds: 20) }
    }
    #else
    @Test("Server: a hundred orgs start and stop, and each port is free again", .hangLimit)
    func startsOften() async throws { try await Starts.run(100) }
    #endif

    #if os(Linux)
    @Test("Server: stopped orgs leave no engine, socket or thread", .hangLimit)
    func leavesNothing() async throws {
        var engines: [Weak] = []
        for round in 0..<20 {
            let org = try await LocalOrg.start()
            org.seed(users: 500)
            #expect(try await org.client.request(.get, "/api/v1/users").status == 200)
            engines.append(Weak(engine: org.engine))
            let port = String(Int(org.url.split(separator: ":").last ?? "") ?? 0, radix: 16, uppercase: true)
            await org.stop()
            // The test waits, because the other end closes a moment later. It checks each round, because the system may
            // give a free port to other programs, such as orgs of concurrent tests.
            #expect(try await eventually { try Self.openSockets(ofPort: port).isEmpty })
            // All orgs share the event loops of the process.
            if round == 19 {
                #expect(try Self.threads(named: "NIO-SGLTN") <= 2 * ProcessInfo.processInfo.activeProcessorCount + 2)
            }
        }
        #expect(await eventually { engines.allSatisfy { $0.engine == nil } })
    }

    /// Sockets by local port that listen or are open to a client. Those that the system still closes are not files.
    private static func openSockets(ofPort port: String) throws -> [Substring] {
        try String(contentsOfFile: "/proc/self/net/tcp", encoding: .utf8).split(separator: "\n").dropFirst().filter {
            line in
            let columns = line.split(separator: " ")
            guard columns.count > 9, columns[9] != "0" else { return false }
            return columns[1].hasSuffix(":" + port)
        }
    }

    private struct Weak {
        weak var engine: OrgEngine?
    }

    private static func threads(named name: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count { task in
            (try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8))?.hasPrefix(name) == true
        }
    }
    #endif

    @Test("Server: several orgs in one process are independent")
    func isolatesOrgs() async throws {
        let first = try await LocalOrg.start()
        let second = try await LocalOrg.start()
        #expect(first.url != second.url)
        first.seed(users: 10)
        #expect(try await first.client.user.listUsers().collect().count > 5)
        #expect(try await second.client.user.listUsers().collect().count == 1)
        await first.stop()
        await second.stop()
    }
}

private enum Starts {
    /// Starts orgs on one port, one after the other. A port is free again only when its socket is closed.
    static func run(_ count: Int) async throws {
        var options = LocalOrg.Options()
        for _ in 0..<count {
            let org = try await LocalOrg.start(options)
            org.seed(users: 500)
            #expect(try await org.client.request(.get, "/api/v1/users?limit=1").status == 200)
            options.port = org.url.split(separator: ":").last.flatMap { Int($0) } ?? 0
            await org.stop()
        }
    }

    /// Stops orgs while their clients open one connection after the other.
    static func stopUnderLoad(rounds: Int) async throws {
        for _ in 0..<rounds {
            let org = try await LocalOrg.start()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        while let response = try? await RawHTTP.get(org, "/api/v1/users/me"), response.status == 200 {}
                    }
                }
                while org.requests.count < 20 { await Task.yield() }
                await org.stop()
            }
        }
    }

    #if os(Linux)
    /// The resources of a process.
    struct Usage {
        let threads: Int
        let files: Int
        let kilobytes: Int

        init() throws {
            let list = FileManager.default.contentsOfDirectory(atPath:)
            threads = try list("/proc/self/task").count
            files = try list("/proc/self/fd").count
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let resident = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            kilobytes = resident.flatMap { Int($0.filter(\.isNumber)) } ?? 0
        }
    }
    #endif
}
#endif
