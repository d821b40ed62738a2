import Okta

/// The typed function of module Okta: the work of ``OktaRequestClient``, the response as a model, and one property
/// read.
struct GetUserClient: Sendable {
    private let okta: OktaClient

    init(_ load: Load) throws {
        okta = try OktaClient(
            configuration: OktaConfiguration(orgURL: load.origin, token: Load.token),
            transport: CurlTransport(options: .init(load)))
    }

    @Sendable func run(_ load: Load) async throws -> Int {
        try await load.inParallel { [okta] in try await okta.user.getUser(Load.userID).id == Load.userID }
    }
}
