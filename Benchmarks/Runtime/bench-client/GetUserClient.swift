import Okta

/// The typed function of module Okta: the work of ``OktaRequestClient``, the response as a model, and one property
/// read.
struct GetUserClient: Sendable {
    private let okta: OktaClient

    init(_ load: Load) throws {
        okta = try OktaClient(
            configuration: OktaConfiguration(orgURL: load.origin, token: "bench-token"),
            transport: CurlTransport(options: .init(load)))
    }

    @Sendable func run(_ load: Load) async throws -> Int {
        try await load.inParallel { [okta] in try await okta.user.getUser("00u1").id == "00u1" }
    }
}
