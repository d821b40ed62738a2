import OktaRuntime

/// All steps of a call: ``OktaClient`` over ``CurlTransport``.
struct OktaRequestClient: Sendable {
    private let okta: OktaClient

    init(_ load: Load) throws {
        okta = try OktaClient(
            configuration: OktaConfiguration(orgURL: load.origin, token: Load.token),
            transport: CurlTransport(options: .init(load)))
    }

    @Sendable func run(_ load: Load) async throws -> Int {
        try await load.inParallel { [okta] in
            let response = try await okta.request(.get, "/api/v1/users/\(Load.userID)")
            return response.status.code == 200 && response.body.count == Load.bodySize
        }
    }
}
