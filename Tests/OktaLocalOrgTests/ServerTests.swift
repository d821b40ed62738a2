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

    @Test("Server: names of header fields have capitals, for clients that look for Link only")
    func spellsFields() async throws {
        let org = try await LocalOrg.start()
        let response = try await org.client.request(.get, "/api/v1/users", query: ["limit": "1"])
        let names = Set(response.headers.map(\.name.rawName))
        #expect(names.isSuperset(of: ["Link", "Content-Type", "X-Okta-Request-Id", "X-Rate-Limit-Reset"]))
        await org.stop()
    }

    @Test("Server: a connection that is cut and a body that ends early are transport failures")
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

    @Test("Server: a hundred orgs are started and stopped, and each port is free again", .timeLimit(.minutes(20)))
    func startsOften() async throws {
        var options = LocalOrg.Options()
        for _ in 0..<100 {
            let org = try await LocalOrg.start(options)
            #expect(try await org.client.request(.get, "/api/v1/org").status == 200)
            // The next one gets the same port, which only a closed socket allows.
            options.port = org.url.split(separator: ":").last.flatMap { Int($0) } ?? 0
            await org.stop()
        }
    }

    #if os(Linux)
    @Test("Server: orgs that are stopped leave no engine, no socket and no thread behind", .timeLimit(.minutes(20)))
    func leavesNothing() async throws {
        var engines: [Weak] = []
        var ports: [String] = []
        for round in 0..<20 {
            let org = try await LocalOrg.start()
            org.seed(users: 500)
            #expect(try await org.client.request(.get, "/api/v1/users").status == 200)
            engines.append(Weak(engine: org.engine))
            ports.append(String(Int(org.url.split(separator: ":").last ?? "") ?? 0, radix: 16, uppercase: true))
            await org.stop()
            // The event loops are those of the process, however many orgs there are.
            if round == 19 {
                #expect(try Self.threads(named: "NIO-SGLTN") <= 2 * ProcessInfo.processInfo.activeProcessorCount + 2)
            }
        }
        for _ in 0..<1000 where engines.contains(where: { $0.engine != nil }) { await Task.yield() }
        #expect(engines.count { $0.engine != nil } == 0)
        // Sockets by local port: none listens, none is open to a client. 06 waits for late packets, and is no file.
        let sockets = try String(contentsOfFile: "/proc/self/net/tcp", encoding: .utf8).split(separator: "\n")
            .dropFirst()
        let open = sockets.filter { line in
            let columns = line.split(separator: " ")
            guard columns.count > 3, columns[3] != "06" else { return false }
            return ports.contains { columns[1].hasSuffix(":" + $0) }
        }
        #expect(open == [])
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

    @Test("Server: several orgs in one process have nothing in common")
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
#endif
