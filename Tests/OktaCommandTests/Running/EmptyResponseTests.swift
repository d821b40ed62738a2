#if CommandLine && LocalOrg
import LoopbackServer
import Testing

/// Responses without a body.
@Suite("Empty response", .hangLimit) struct EmptyResponseTests {
    private func run(_ status: Int, _ arguments: [String]) async throws -> ProcessOutcome {
        try await LoopbackServer.run { _ in
            .empty(status)
        } during: { server in
            try await Sandbox().okta(
                arguments, environment: ["OKTA_CLIENT_ORGURL": server.origin, "OKTA_CLIENT_TOKEN": "a-token"])
        }
    }

    @Test("Empty response: a read with a declared result fails without one", arguments: [200, 204])
    func reads(_ status: Int) async throws {
        for arguments in [["user", "get-user", "00u1ab2cd3EF4gh5ij6k"], ["group", "list-group-rules"]] {
            let outcome = try await run(status, arguments)
            #expect(outcome.code == 1)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains("has no body"))
        }
    }

    @Test("Empty response: a change may have no result", arguments: [200, 204])
    func changes(_ status: Int) async throws {
        for format in ["json", "ndjson", "yaml", "csv", "table"] {
            let outcome = try await run(
                status, ["user", "suspend-user", "00u1ab2cd3EF4gh5ij6k", "--yes", "--format", format])
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(outcome.output.isEmpty, "\(format)")
        }
    }
}
#endif
