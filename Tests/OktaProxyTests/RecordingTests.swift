#if Proxy
import Foundation
import HTTPTypes
import LoopbackServer
import OktaCatalog
import OktaDrift
import OktaRuntime
import Testing
import YAML

@testable import OktaProxy

@Suite("Proxy: recordings", .hangLimit) struct RecordingTests {
    private static let users = """
        [{"id":"00u1a2b3c4d5e6f7g8h9","status":"ACTIVE","profile":{"firstName":"Ada","lastName":"Lovelace",\
        "login":"ada@lovelace.example.org","email":"Ada@Lovelace.example.org","mobilePhone":"+44 20 7946 0000"},\
        "credentials":{"password":{"value":"s3cret-pass"},"recovery_question":{"question":"Dog?","answer":"Rex-the-dog"}},\
        "note":"write to ada@lovelace.example.org","_links":{"self":{"href":"ORIGIN/api/v1/users/00u1a2b3c4d5e6f7g8h9"},\
        "resetPassword":{"href":"ORIGIN/api/v1/users/00u1a2b3c4d5e6f7g8h9/lifecycle/reset_password","method":"POST"}}}]
        """

    private func record(
        _ body: (TestProxy, String) async throws -> Void
    ) async throws -> [JSON] {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("proxy-\(UUID().uuidString).jsonl")
            .path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let origin = OriginBox()
        try await LoopbackServer.run { request in
            .json(
                Self.users.replacing("ORIGIN", with: origin.value),
                headers: [
                    ("Link", "<\(origin.value)/api/v1/users?after=00u1a2b3c4d5e6f7g8h9>; rel=\"next\""),
                    ("Set-Cookie", "sid=topsecret"),
                ])
        } during: { org in
            origin.value = org.origin
            let recorder = try Recorder(path, orgOrigin: org.origin, forbidden: ["forbidden-secret"], seed: 1)
            try await TestProxy.run(before: org.origin) {
                $0.recorder = recorder
            } during: {
                try await body($0, path)
            }
        }
        let status = try FileManager.default.attributesOfItem(atPath: path)
        #expect(status[.posixPermissions] as? Int == 0o600)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for word in [
            "Ada", "Lovelace", "lovelace", "7946", "s3cret-pass", "Rex-the-dog", "SSWS", "clienttoken", "topsecret",
            "127.0.0.1",
            "00u1a2b3c4d5e6f7g8h9", "forbidden-secret",
        ] { #expect(!text.contains(word), "\(word)") }
        return try text.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
    }

    @Test("Recording: people and secrets are replaced consistently, and nothing else is")
    func pseudonyms() async throws {
        let lines = try await record { proxy, _ in
            let fields = [
                "Authorization: SSWS clienttokenclienttoken", "Accept: application/json", "Cookie: a=topsecret",
            ]
            let response = try await proxy.get(
                "/api/v1/users?search=profile.login+eq+%22ada%40lovelace.example.org%22", fields)
            // The client gets the complete response.
            #expect(response.text.contains("ada@lovelace.example.org") && response.text.contains("s3cret-pass"))
            _ = try await RawClient.exchange(
                proxy.port,
                RawClient.request(
                    "POST", "/api/v1/users/00u1a2b3c4d5e6f7g8h9?email=ada%40lovelace.example.org",
                    fields + ["Content-Type: application/json"],
                    body: #"{"profile":{"firstName":"Ada"},"newPassword":"s3cret-pass"}"#))
            _ = try await RawClient.exchange(
                proxy.port,
                RawClient.request(
                    "POST", "/oauth2/v1/token", ["Content-Type: application/x-www-form-urlencoded"],
                    body: "grant_type=password&username=ada%40lovelace.example.org&password=s3cret-pass"))
        }
        #expect(lines.count == 3 && lines.map { $0["seq"]?.int } == [0, 1, 2])
        let first = try JSON(parsing: lines[0]["response"]?["body"]?.string ?? "")[0] ?? .null
        let second = try JSON(parsing: lines[1]["response"]?["body"]?.string ?? "")[0] ?? .null
        #expect(first == second)
        let id = first["id"]?.string ?? ""
        #expect(id.hasPrefix("00u") && id.utf8.count == 20)
        #expect(
            lines[1]["request"]?["url"]?.string?.contains("/api/v1/users/\(id)?email=person1%40example.com") ?? false)
        #expect(first["_links"]?["self"]?["href"]?.string == "https://\(Pseudonyms.host)/api/v1/users/\(id)")
        #expect(first["_links"]?["resetPassword"]?["method"]?.string == "POST")
        #expect(first["status"]?.string == "ACTIVE" && first["profile"]?["email"]?.string == "person1@example.com")
        #expect(first["note"]?.string == "write to person1@example.com")
        let posted = try JSON(parsing: lines[1]["request"]?["body"]?.string ?? "")
        #expect(posted["profile"]?["firstName"] == first["profile"]?["firstName"])
        #expect(lines[2]["request"]?["body"]?.string == "grant_type=password&username=(secret)&password=(secret)")
    }

    @Test("Recording: the drift reader compares the recorded exchanges")
    func drift() async throws {
        let lines = try await record { proxy, _ in
            for _ in 0..<3 { _ = try await proxy.get("/api/v1/users") }
        }
        var diagnostics = Diagnostics()
        let folder = CatalogFolder(files: [
            "catalog.yaml": Self.file(
                "catalog.yaml",
                "grammar: 1\nservice: A small API\nmodule: Small\n"
                    + "reference: https://example.com/reference/\ncategories: [User]\n"),
            "actions/user.yaml": Self.file(
                "actions/user.yaml",
                """
                category: User
                summary: Users.
                actions:
                  - action: List Users
                    summary: Lists users.
                    method: GET
                    path: /api/v1/users
                    upstream: listUsers
                    returns: [User]
                    scopes: [okta.users.read]
                    lifecycle: ga
                """),
            "models/user.yaml": Self.file(
                "models/user.yaml",
                """
                category: User
                models:
                  - model: User
                    upstream: User
                    doc: User
                    fields: {id: {type: string, doc: Id}, status: {type: integer, doc: Status}}
                """),
        ])
        let catalog = try #require(CatalogLoader().load(folder, reporting: &diagnostics), "\(diagnostics.all)")
        var comparison = TrafficComparison(of: catalog)
        try comparison.read(Recording(name: "proxy", text: lines.map { $0.text + "\n" }.joined()))
        #expect(comparison.summary.exchanges == 3)
        // The comparison finds the wrong type and the missing fields in this catalog.
        #expect(comparison.changes.contains { "\($0)".contains("status") })
    }

    private static func file(_ path: String, _ text: String) -> SourceFile {
        SourceFile(path: path, bytes: Array(text.utf8))
    }

    @Test("Recording: no line has a secret of the proxy")
    func forbidden() async throws {
        let lines = try await record { proxy, _ in
            _ = try await proxy.get("/api/v1/forbidden-secret")
            _ = try await proxy.get("/api/v1/other")
        }
        #expect(lines.count == 1)
    }

    @Test("Recording: a body with a content coding is omitted", arguments: ["gzip", "br", "odd"])
    func codings(coding: String) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("proxy-\(UUID().uuidString).jsonl")
            .path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let recorder = try Recorder(path, orgOrigin: "https://acme.okta.com", seed: 1)
        var body = RecordedBody()
        body.add(Array("stored-secret".utf8))
        let fields: HTTPFields = [
            .contentType: "application/x-www-form-urlencoded", .contentEncoding: coding,
        ]
        let request = HTTPRequest(
            method: .post, scheme: "https", authority: "acme.okta.com", path: "/oauth2/v1/token", headerFields: fields)
        recorder.record(request, body, HTTPResponse(status: .ok, headerFields: fields), body)
        let line = try JSON(parsing: Array(try String(contentsOfFile: path, encoding: .utf8).utf8))
        #expect(line["request"]?["body"] == .null && line["response"]?["body"] == .null)
        #expect(!line.text.contains("stored-secret"))
    }

    @Test("Recording: an unwritable path is a clear error")
    func unwritable() {
        #expect(throws: (any Error).self) { try Recorder("/nowhere/at/all", orgOrigin: "https://acme.okta.com") }
        #expect(throws: (any Error).self) { try Recorder("/dev/null", orgOrigin: "https://acme.okta.com") }
    }
}
#endif
