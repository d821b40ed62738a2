import Foundation
import HTTPTypes
import Okta
import OktaCatalog
import OktaGovernance
import OktaGovernanceSamples
import OktaMyAccount
import OktaMyAccountSamples
import OktaOAuthAPI
import OktaOAuthAPISamples
import OktaSamples
import OktaTestSupport
import Testing
import YAML

/// A module of the library with its catalog, and the generated samples of its functions and models.
struct TestedModule: Sendable, CustomTestStringConvertible {
    let name: String
    /// The name of the catalog's folder below Spec.
    let service: String
    let registry: ActionRegistry
    let schema: ModelSchema
    let readers: [ModelReader]
    let calls: [SampleCall]
    let forms: [SampleForm]

    var testDescription: String { name }

    static let all = [
        TestedModule(
            name: "Okta", service: "management", registry: .okta, schema: .okta, readers: ModelReader.okta,
            calls: SampleCall.okta, forms: SampleForm.okta),
        TestedModule(
            name: "OktaGovernance", service: "governance", registry: .oktaGovernance, schema: .oktaGovernance,
            readers: ModelReader.oktaGovernance, calls: SampleCall.oktaGovernance, forms: SampleForm.oktaGovernance),
        TestedModule(
            name: "OktaMyAccount", service: "myaccount", registry: .oktaMyAccount, schema: .oktaMyAccount,
            readers: ModelReader.oktaMyAccount, calls: SampleCall.oktaMyAccount, forms: SampleForm.oktaMyAccount),
        TestedModule(
            name: "OktaOAuthAPI", service: "oauth", registry: .oktaOAuthAPI, schema: .oktaOAuthAPI,
            readers: ModelReader.oktaOAuthAPI, calls: SampleCall.oktaOAuthAPI, forms: SampleForm.oktaOAuthAPI),
    ]

    /// The catalog that the module is generated from.
    func catalog() throws -> Catalog {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var diagnostics = Diagnostics()
        let folder = try CatalogFolder(at: root.appendingPathComponent("Spec/\(service)").path)
        return try #require(CatalogLoader().load(folder, reporting: &diagnostics), "\(diagnostics.all)")
    }

    /// Returns the calls of an action's function, in all its forms.
    func calls(of action: ActionDescriptor) -> [SampleCall] {
        calls.filter {
            $0.category == action.category && $0.action == action.name && action.swiftName.hasSuffix(".\($0.function)")
        }
    }

    /// The request that a function sends with the token `test-token`.
    static func sent(by call: SampleCall) async throws -> TransportRequest {
        let (okta, transport) = try OktaClient.recording(returning: call.response)
        try await call.run(okta)
        #expect(transport.requests.count == 1, "\(call)")
        return try #require(transport.requests.first, "\(call)")
    }
}

/// A variant of a union, with the module that it belongs to.
struct TestedForm: Sendable, CustomTestStringConvertible {
    let module: TestedModule
    let sample: SampleForm

    var testDescription: String { "\(sample) (\(module.name))" }

    static let all = TestedModule.all.flatMap { module in module.forms.map { TestedForm(module: module, sample: $0) } }
}
