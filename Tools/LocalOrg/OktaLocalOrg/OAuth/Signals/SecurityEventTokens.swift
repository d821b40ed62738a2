#if LocalOrg
import OktaRuntime

/// Security event tokens, by which registered providers report events to the org. A provider's keys are fetched from
/// its `jwks_uri` or its metadata. A provider that a local org does not call is trusted without verification.
enum SecurityEventTokens {
    private static let riskChange = "https://schemas.okta.com/secevent/okta/event-type/user-risk-change"

    /// An error in the form of RFC 8935.
    private struct Refusal: Error {
        let code: String
        let description: String

        var response: OrgResponse { .json(["err": JSON(code), "description": JSON(description)], status: 400) }
    }

    // MARK: Keys

    private static func provider(of token: CompactToken, _ org: OrgState) -> JSON? {
        let issuer = token.claims.text("iss") ?? ""
        return org.tables[SecurityEvents.providerKind].first { provider in
            guard provider.text("status") == "ACTIVE" else { return false }
            if let own = provider.text("settings.issuer") { return own == issuer }
            // The provider's metadata is below its issuer.
            return provider.text("settings.well_known_url")?.hasPrefix(issuer + "/.well-known/") == true
        }?.json
    }

    private static func read(
        _ url: String, of provider: JSON,
        then: @escaping @Sendable (_ body: JSON?, _ isCalled: Bool, inout OrgState) throws(OrgFault) -> OrgResponse
    ) -> OrgResponse {
        let delivery = HookDelivery(
            hookID: provider.text("id") ?? "", kind: .providerKeys, method: "GET", url: url,
            headers: [("Accept", "application/json")])
        return OrgResponse(
            status: 202,
            hook: HookCall(delivery: delivery) { delivery, org throws(OrgFault) in
                let body = delivery.outcome == .delivered ? try? JSON(parsing: delivery.responseBody) : nil
                return try then(body, delivery.outcome != .notCalled, &org)
            })
    }

    // MARK: Tokens

    private static func publish(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        do throws(Refusal) {
            let token = try token(call, org)
            guard let provider = provider(of: token, org) else {
                throw Refusal(
                    code: "invalid_issuer", description: "The issuer is not an active security events provider.")
            }
            let finish = {
                @Sendable (keys: JSON?, isCalled: Bool, org: inout OrgState) throws(OrgFault) -> OrgResponse in
                if isCalled, !isSigned(token, keys) {
                    return Refusal(code: "invalid_key", description: "The signature is by no key of the provider.")
                        .response
                }
                ingest(token, provider, call, &org)
                return .empty(202)
            }
            if let url = provider.text("settings.jwks_url") { return read(url, of: provider, then: finish) }
            return read(provider.text("settings.well_known_url") ?? "", of: provider) {
                body, isCalled, org throws(OrgFault) in
                guard let url = body?.text("jwks_uri") else { return try finish(nil, isCalled, &org) }
                return read(url, of: provider, then: finish)
            }
        } catch {
            return error.response
        }
    }

    private static func token(_ call: Call, _ org: OrgState) throws(Refusal) -> CompactToken {
        guard let token = CompactToken(String(decoding: call.request.body, as: UTF8.self)),
            token.header.text("typ")?.lowercased() == "secevent+jwt"
        else { throw Refusal(code: "invalid_request", description: "The body is not a security event token.") }
        for name in ["iss", "jti"] where token.claims.text(name)?.isEmpty != false {
            throw Refusal(code: "invalid_request", description: "'\(name)': \(Checks.blank(name))")
        }
        guard token.seconds("iat") != nil else {
            throw Refusal(code: "invalid_request", description: "'iat': \(Checks.blank("iat"))")
        }
        guard let events = token.claims["events"]?.members, !events.isEmpty else {
            throw Refusal(code: "invalid_request", description: "'events': \(Checks.blank("events"))")
        }
        // An org has several host names.
        guard token.audiences.contains(where: { NormalURL.withoutHost($0) == NormalURL.withoutHost(call.origin) })
        else {
            throw Refusal(code: "invalid_audience", description: "The audience is not this org.")
        }
        return token
    }

    private static func isSigned(_ token: CompactToken, _ keys: JSON?) -> Bool {
        let key = ClientSignature.key(of: token, among: keys?["keys"]?.elements ?? [])
        return key.flatMap { VerificationKey($0) }?.verifies(token) == true
    }

    /// Records the events. A risk change updates the user's risk.
    private static func ingest(_ token: CompactToken, _ provider: JSON, _ call: Call, _ org: inout OrgState) {
        for (type, event) in token.claims["events"]?.members ?? [] {
            let party = SystemLog.party(
                provider, id: provider.text("id") ?? "", type: "SecurityEventsProvider")
            let subject = event["subject"]
            let name = subject?.text("user.email") ?? subject?.text("email") ?? subject?.text("user.sub")
            let user = name.flatMap { org.users.named($0) ?? org.users.withEmail($0).first }
            SystemLog.record(
                "security.events.provider.receive_event", call, &org,
                targets: [party] + (user.map { [SystemLog.party($0)] } ?? []))
            guard type == riskChange, let user, let level = event.text("current_level")?.uppercased() else { continue }
            let risk = JSON(["HIGH", "MEDIUM", "LOW"].contains(level) ? level : "LOW")
            org.tables["singleton/api/v1/users/{}/risk"][user.id] = ["riskLevel": risk]
            SystemLog.record("user.risk.change", call, &org, targets: [SystemLog.party(user)])
        }
    }

    static let all = [
        Operation("POST", SecurityEvents.tokenPath) { call, org throws(OrgFault) in try publish(call, &org) }
    ]
}
#endif
