#if LocalOrg
import HTTPTypes
import Okta
import OktaGovernance
import OktaGovernanceSamples
import OktaMyAccount
import OktaMyAccountSamples
import OktaOAuthAPI
import OktaOAuthAPISamples
import OktaRuntime
import OktaSamples
import OktaTestSupport
import Synchronization
import Testing

@testable import OktaLocalOrg

/// A transport that replaces the path and the body of a sample with those of a scene, and sends the request.
final class SceneTransport: HTTPTransport {
    struct Replacement: Sendable {
        var path: String
        /// The replacing body; nil for the body of the sample.
        var body: [UInt8]?
    }

    struct Response: Sendable {
        var status: Int
        var body: [UInt8]
    }

    private let wire: any HTTPTransport
    private let authority: String
    private let state = Mutex<(next: Replacement, responses: [Response])>((Replacement(path: "/"), []))

    init(to url: String) throws {
        authority = url.split(separator: "/").last.map(String.init) ?? ""
        wire = try CurlTransport()
    }

    func expect(_ replacement: Replacement) { state.withLock { $0 = (replacement, []) } }

    var responses: [Response] { state.withLock { $0.responses } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        var request = request
        let (next, isFirst) = state.withLock { ($0.next, $0.responses.isEmpty) }
        request.head.scheme = "http"
        request.head.authority = authority
        // Further pages have the org's links.
        if isFirst {
            request.head.path = next.path
            if let body = next.body, !body.isEmpty { request.body = body }
            // Another test covers tags that no object has.
            request.head.headerFields[.ifMatch] = nil
        }
        var response = try await wire.send(request)
        // The first page is sufficient: the next one has the path of the org, not that of the sample.
        if let link = HTTPField.Name("Link") {
            let links = response.head.headerFields[values: link]
            response.head.headerFields[values: link] = links.filter { !$0.contains("rel=\"next\"") }
        }
        state.withLock { $0.responses.append(Response(status: response.head.status.code, body: response.body)) }
        return response
    }
}

@Suite("Local org: every action", .hangLimit)
struct EveryActionTests {
    private static let modules: [(registry: ActionRegistry, schema: ModelSchema, calls: [SampleCall])] = [
        (.okta, .okta, SampleCall.okta), (.oktaGovernance, .oktaGovernance, SampleCall.oktaGovernance),
        (.oktaMyAccount, .oktaMyAccount, SampleCall.oktaMyAccount),
        (.oktaOAuthAPI, .oktaOAuthAPI, SampleCall.oktaOAuthAPI),
    ]

    /// Operations that an org refuses although the request is valid, with the status and the reason.
    private static let refusals: [String: (status: Int, reason: String)] = [
        "POST /api/v1/policies/{}/mappings": (400, "Okta does not support mappings there any longer"),
        "POST /api/v1/apps/{}/credentials/csrs/{}/lifecycle/publish": (400, "an authority has to sign a certificate"),
        "POST /api/v1/idps/{}/credentials/csrs/{}/lifecycle/publish": (400, "an authority has to sign a certificate"),
        "POST /oauth2/v1/bc/authorize": (401, "the client has to sign in"),
        "POST /oauth2/{}/v1/bc/authorize": (401, "the client has to sign in"),
        "POST /oauth2/v1/primary-authenticate": (401, "the client has to sign in"),
        "POST /oauth2/{}/v1/primary-authenticate": (401, "the client has to sign in"),
        "POST /oauth2/v1/oob-authenticate": (401, "the client has to sign in"),
        "POST /oauth2/{}/v1/oob-authenticate": (401, "the client has to sign in"),
        "POST /oauth2/v1/challenge": (401, "the client has to sign in"),
        "POST /oauth2/{}/v1/challenge": (401, "the client has to sign in"),
        "POST /oauth2/v1/par": (401, "the document says JSON, while orgs take forms"),
        "POST /oauth2/{}/v1/par": (401, "the document says JSON, while orgs take forms"),
        "GET /oauth2/v1/userinfo": (401, "a user has to sign in"),
        "GET /oauth2/{}/v1/userinfo": (401, "a user has to sign in"),
        "GET /api/v1/users/{}/blocks": (401, "few orgs have the feature"),
        "GET /api/v1/brands/{}/well-known-uris": (401, "few orgs have the feature"),
        "GET /api/v1/device-posture-checks": (401, "few orgs have the feature"),
        "POST /api/v1/device-posture-checks": (401, "few orgs have the feature"),
        "GET /api/v1/device-posture-checks/default": (401, "few orgs have the feature"),
        "GET /api/v1/device-posture-checks/{}": (401, "few orgs have the feature"),
        "PUT /api/v1/device-posture-checks/{}": (401, "few orgs have the feature"),
        "DELETE /api/v1/device-posture-checks/{}": (401, "few orgs have the feature"),
        "GET /api/v1/brands/{}/well-known-uris/{}": (401, "few orgs have the feature"),
        "GET /api/v1/brands/{}/well-known-uris/{}/customized": (401, "few orgs have the feature"),
        "PUT /api/v1/brands/{}/well-known-uris/{}/customized": (401, "few orgs have the feature"),
        "POST /api/v1/email-domains/{}/verify": (400, "the mail provider finds no records of the domain in DNS"),
        "PUT /api/v1/domains/{}/certificate": (403, "the domain has no records in DNS, so that it is not verified"),
        "GET /.well-known/assetlinks.json": (404, "few orgs may change the documents of their brands"),
        "GET /.well-known/webauthn": (404, "few orgs may change the documents of their brands"),
        "POST /api/v1/inlineHooks/{}/execute": (400, "no service listens at the address of the hook"),
    ]

    /// Operations on tokens of users and clients, which only a sign-in creates.
    private static let needsSignIn: Set = [
        "GET /api/v1/apps/{}/tokens/{}", "DELETE /api/v1/apps/{}/tokens/{}",
        "GET /api/v1/authorizationServers/{}/clients/{}/tokens/{}",
        "DELETE /api/v1/authorizationServers/{}/clients/{}/tokens/{}",
        "GET /api/v1/users/{}/clients/{}/tokens/{}", "DELETE /api/v1/users/{}/clients/{}/tokens/{}",
    ]

    /// Operations on handwritten objects. They do not find these objects as long as the operations themselves are
    /// shapes.
    private static let missesObjects: Set = [
        "POST /api/v1/authenticators/{}/methods/{}/lifecycle/activate",
        "POST /api/v1/authenticators/{}/methods/{}/lifecycle/deactivate",
    ]
    private static let shapes = Set(
        OrgEngine.coverage.filter { $0.fidelity == .shape }.map { "\($0.method) \(Operation.normal($0.path))" })

    @Test("Every action: responds over HTTP as its model declares")
    func performs() async throws {
        var options = LocalOrg.Options()
        options.org.requiresToken = false
        options.org.clock = .standing(at: 1_764_000_000)
        let org = try await LocalOrg.start(options)
        let transport = try SceneTransport(to: org.url)
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "any")
        configuration.retry.maximumAttempts = 1
        let client = try OktaClient(configuration: configuration, transport: transport)
        var creates: [String: (action: ActionDescriptor, schema: ModelSchema)] = [:]
        for module in Self.modules {
            for action in module.registry.actions where action.method == .post {
                creates[Operation.normal(action.path ?? "")] = (action, module.schema)
            }
        }
        let birth = org.engine.snapshot()
        var performed = 0
        for module in Self.modules {
            for action in module.registry.actions where action.path != nil {
                let calls = module.calls.filter {
                    $0.category == action.category && $0.action == action.name
                        && action.swiftName.hasSuffix(".\($0.function)")
                }
                let call = try #require(calls.first, "\(action.swiftName)")
                org.engine.restore(birth)
                let scene = ActionScene(
                    org.engine, options.org.clock, (module.registry, module.schema), creates: creates)
                await perform(action, call, client, transport, scene, module.schema)
                performed += 1
            }
        }
        #expect(performed == OrgEngine.coverage.count)
        await org.stop()
    }

    /// Whether a field that the schema requires is absent in Okta's responses: by its examples, or because it is secret.
    private static func isAbsent(in operation: String, _ issue: String) -> Bool {
        let fields = [
            ("/service-accounts", "$.password:"), ("POST /api/v1/orgs", "$.admin:"),
            // Of an email enrollment, whose profile has the address.
            ("/authenticator-enrollments", "$.profile.phoneNumber:"),
        ]
        return fields.contains { operation.contains($0.0) && issue.contains($0.1) }
    }

    private func perform(
        _ action: ActionDescriptor, _ call: SampleCall, _ client: OktaClient, _ transport: SceneTransport,
        _ scene: ActionScene, _ schema: ModelSchema
    ) async {
        let normal = Operation.normal(action.path ?? "")
        let operation = "\(action.method?.rawValue ?? "") \(normal)"
        let path = scene.path(of: action) + scene.filled(ActionObjects.queries[operation] ?? "")
        let isJSON = action.bodyMedia.isEmpty || action.bodyMedia.contains { $0.contains("json") }
        let text = isJSON ? scene.body(action.method?.rawValue ?? "", normal) : ActionBodies.texts[operation] ?? ""
        let body = scene.filled(text)
        transport.expect(SceneTransport.Replacement(path: path, body: Array(body.utf8)))
        var failure: (any Error)?
        do { try await call.run(client) } catch { failure = error }
        guard let response = transport.responses.first else {
            Issue.record("\(operation): nothing was sent: \(failure.map { "\($0)" } ?? "")")
            return
        }
        let shown = String(decoding: response.body.prefix(300), as: UTF8.self)
        if let refusal = Self.refusals[operation] {
            #expect(response.status == refusal.status, "\(operation) at \(path): \(shown)")
            return
        }
        let misses = Self.missesObjects.contains(operation) && Self.shapes.contains(operation)
        if misses || Self.needsSignIn.contains(operation) {
            #expect(response.status == 404, "\(operation) at \(path): \(shown)")
            return
        }
        #expect(
            (200..<300).contains(response.status),
            "\(operation) at \(path): \(response.status) \(shown) \(scene.problems)")
        guard (200..<300).contains(response.status) else { return }
        #expect(failure == nil, "\(operation): \(failure.map { "\($0)" } ?? "") \(shown)")
        guard let returns = action.returns, action.accept == nil, !response.body.isEmpty,
            let json = try? JSON(parsing: response.body)
        else { return }
        let isList = returns.hasPrefix("[")
        #expect((json.kind == .array) == isList, "\(operation): \(shown)")
        let model = isList ? String(returns.dropFirst().dropLast()) : returns
        for element in isList ? json.elements ?? [] : [json] {
            for issue in schema.issues(in: element, as: model) {
                switch issue.reason {
                case .missing where Self.isAbsent(in: operation, "\(issue)"): break
                case .type, .missing: Issue.record("\(operation): \(issue)")
                default: break
                }
            }
        }
    }
}
#endif
