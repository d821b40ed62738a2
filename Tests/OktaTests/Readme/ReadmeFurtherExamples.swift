import Foundation
import Okta
import OktaSettingsFile

/// The README's example of settings files, compiled here so that it stays correct.
func readmeProfilesExample() async throws {
    // example begin
    // ./okta.yaml or ~/.okta/okta.yaml; variables such as OKTA_CLIENT_TOKEN override the file.
    let okta = try OktaClient(configuration: .fromFile())

    // The orgs that the file lists, each with its own credentials, limits and tenants.
    let organizations = try OktaOrganizations(SettingsFile(at: "okta.yaml"))
    let user = try await organizations.client(forTenant: "tenant-2").user.getUser("ada@example.com")
    let results = await organizations.concurrentMap { try await $0.client.group.listGroups().collect().count }
    for result in results { print(result.organization, result.value ?? 0, result.error.map { "\($0)" } ?? "") }
    // example end
    _ = (okta, user)
}

/// The README's example of a connection to the org, compiled here so that it stays correct.
func readmeTransportExample(password: String) throws -> OktaClient {
    // example begin
    var configuration = try OktaConfiguration.fromEnvironment()
    configuration.caBundlePath = "/etc/ssl/company-ca.pem"
    configuration.clientCertificate = .init(
        certificatePath: "client.crt", privateKeyPath: "client.key", privateKeyPassword: password)
    configuration.proxy = "http://proxy.example:3128"
    let okta = try OktaClient(configuration: configuration)
    // example end
    return okta
}

/// The README's example of a tail, compiled here so that it stays correct.
func readmeTailExample(okta: OktaClient, stored: TailPosition?, store: (TailPosition) throws -> Void) async throws {
    // example begin
    let yesterday = Date.now.addingTimeInterval(-86_400)
    for try await batch in okta.log.getOrgSystemLog(since: yesterday).tail(from: stored) {
        if let gap = batch.gap { print(gap) }
        for event in batch.items { print(event.eventType ?? "", event.displayMessage ?? "") }
        try store(batch.position)
    }
    // example end
}
