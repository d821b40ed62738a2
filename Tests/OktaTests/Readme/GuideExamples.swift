import Foundation
import HTTPTypes
import Okta
import OktaOAuthAPI
import OktaSettingsFile
import Testing

// The examples of the guides, compiled here so that they stay correct.

func guideStart() async throws {
    // example begin
    let okta = try OktaClient(configuration: .fromEnvironment())
    print(await okta.verifyConnection())
    // example end
}

func guideList(okta: OktaClient) async throws {
    // example begin
    for try await user in okta.user.listUsers(search: #"status eq "ACTIVE""#) {
        print(user.profile?.login ?? "no login")
    }
    // example end
}

func guideRequest(okta: OktaClient) async throws {
    // example begin
    let widgets = try await okta.request(.get, "/api/v1/widgets", query: ["limit": "20"])
    print(try widgets.json()[0]?["name"]?.string ?? "no widgets")
    // example end
}

func guideRuntime() async throws -> OktaResponse {
    // example begin
    let okta = try OktaClient(configuration: .fromEnvironment())
    let response = try await okta.request(.get, "/api/v1/users/me")
    // example end
    return response
}

private func giveUp() {}
private func queue(again wait: Duration?) {}
private func log(_ text: String, request: String?) {}

func guideErrors(okta: OktaClient, id: String) async {
    // example begin
    do {
        try await okta.user.deactivateUser(id)
    } catch {
        switch error {
        case .api(let failure) where failure.code == "E0000007": break  // No such user.
        case .api(let failure) where failure.status == 429: giveUp()  // Retried without success.
        case .rateLimited(let failure): queue(again: failure.wait)  // Never sent.
        default: log("\(error)", request: error.requestID)
        }
    }
    // example end
}

func guideCollect(okta: OktaClient) async throws -> [String] {
    // example begin
    let names = try await okta.group.listGroups().collect(upTo: 500).compactMap { $0.profile?.name }
    // example end
    return names
}

private func save(_ users: [User], cursor: PageCursor?) throws {}

func guidePages(okta: OktaClient, cursor: PageCursor) async throws {
    // example begin
    for try await page in okta.user.listUsers(limit: 200).pages {
        try save(page.items, cursor: page.next)
    }
    // In another process:
    for try await user in okta.user.listUsers(limit: 200).resuming(at: cursor) { print(user.id) }
    // example end
}

func guideTail(okta: OktaClient, start: Date, stored: TailPosition?, store: (TailPosition) throws -> Void) async throws
{
    // example begin
    for try await batch in okta.log.getOrgSystemLog(since: start).tail(from: stored) {
        for event in batch.items { print(event.eventType ?? "") }
        try store(batch.position)
    }
    // example end
}

func guideOrganizations() throws -> OktaClient {
    // example begin
    let organizations = try OktaOrganizations(SettingsFile(at: "okta.yaml"))
    let okta = try organizations.client(forTenant: "tenant-2")
    // example end
    return okta
}

func guideSharing(configuration: inout OktaConfiguration, folder: String) throws {
    // example begin
    configuration.rateLimitSharing = RateLimitSharing(
        store: try FileRateLimitStore(folder: folder), program: "hr-sync", weight: 2)
    // example end
}

func guidePriority(okta: OktaClient) async throws -> [User] {
    // example begin
    let users = try await okta.with { $0.priority = .bulk }.user.listUsers().collect()
    // example end
    return users
}

func guideClientAuthentication(secret: String) throws -> ClientAuthentication {
    // example begin
    let client = try ClientAuthentication.secretBasic(clientID: "0oa1b2c3d4e5f6g7h8i9", secret: secret)
    // example end
    return client
}

func guideDeviceGrant(okta: OktaClient, client: ClientAuthentication) async throws -> OAuthTokenResponseOrgServer {
    // example begin
    let server = okta.orgAuthorizationServer
    let device = try await server.authorizeDevice(DeviceAuthorizeRequest(scope: "openid"), client: client)
    var interval = device.interval ?? 5
    print("Open \(device.verificationUriComplete ?? "") on another device.")
    while true {
        try await Task.sleep(for: .seconds(interval))
        do {
            return try await server.requestToken(
                TokenRequestDeviceCode(deviceCode: device.deviceCode ?? ""), client: client)
        } catch let error where error.code == "slow_down" {
            interval += 5
        } catch {
            guard error.code == "authorization_pending" else { throw error }
        }
    }
    // example end
}

@Test("Documents: the example of a test is a test that passes") func guideCannedResponse() async throws {
    // example begin
    struct CannedTransport: HTTPTransport {
        func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
            let body = #"{"id": "00u1", "status": "ACTIVE", "profile": {"login": "ada@example.com"}}"#
            return TransportResponse(head: HTTPResponse(status: .ok), body: Array(body.utf8))
        }
    }

    let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "a-token-for-tests")
    let okta = try OktaClient(configuration: configuration, transport: CannedTransport())
    let user = try await okta.user.getUser("ada@example.com")
    #expect(user.status == .active)
    // example end
}
