import OktaRuntime

/// Keys of identity providers: those that verify a provider's signatures, and those that sign requests to it.
enum IdentityProviderKeys {
    private static let kind = "/api/v1/idps/credentials/keys"
    private static let signingKind = "/api/v1/idps/{}/credentials/keys"
    private static let signingPath = "/api/v1/idps/{idpId}/credentials/keys"

    /// Adds the first key of a new provider.
    static func addFirst(to provider: String, _ kid: String?, _ org: inout OrgState) {
        let key = KeyCredential.new(years: 10, id: kid, &org)
        org.tables[signingKind, of: provider][key.text("kid") ?? ""] = key
    }

    /// Stores a key that verifies a provider's signatures, from the certificate in a body.
    private static func trusted(_ body: JSON, as kid: String, _ org: inout OrgState) throws(OrgFault) -> JSON {
        guard let chain = body["x5c"], chain.count > 0 else { throw .invalid("x5c", Checks.blank("x5c")) }
        guard let certificate = GivenCertificate(Array((chain[0]?.string ?? "").utf8)) else {
            throw .invalid("x5c", "x5c: The certificate cannot be read.")
        }
        var key = KeyCredential.new(id: kid, certificate: certificate, &org)
        key["alg"] = "RSA"
        key["x5c"] = chain
        org.tables[kind][kid] = key
        return key
    }

    private static let requests = SigningRequests(path: "/api/v1/idps/{idpId}/credentials/csrs", keys: signingKind) {
        call, org throws(OrgFault) in _ = try IdentityProviders.find(call, org)
    }

    static let all: [Operation] =
        [
            Operation("GET", kind) { call, org throws(OrgFault) in
                var rows: [(key: String, json: JSON)] = []
                for (id, key) in org.tables[kind].all { rows.append((id, try KeyCredential.shown(key, org))) }
                return try PageRule(20).response(call, rows) { $0 }
            },
            Operation("POST", kind) { call, org throws(OrgFault) in
                let key = try trusted(try call.object(), as: org.ids.uuid(), &org)
                return .json(try KeyCredential.shown(key, org))
            },
            Operation("PUT", kind + "/{kid}") { call, org throws(OrgFault) in
                guard let previous = org.tables[kind][call[0]] else { throw .notFound(call[0], "IdpTrust") }
                var key = try trusted(try call.object(), as: call[0], &org)
                key["created"] = previous["created"]
                org.tables[kind][call[0]] = key
                return .json(try KeyCredential.shown(key, org))
            },
            Operation("GET", kind + "/{kid}") { call, org throws(OrgFault) in
                guard let key = org.tables[kind][call[0]] else { throw .notFound(call[0], "IdpTrust") }
                return .json(try KeyCredential.shown(key, org))
            },
            Operation("DELETE", kind + "/{kid}") { call, org throws(OrgFault) in
                guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "IdpTrust") }
                org.tables[kind][call[0]] = nil
                return .empty()
            },
            Operation("GET", signingPath) { call, org throws(OrgFault) in
                _ = try IdentityProviders.find(call, org)
                return try KeyCredential.shown(org.tables[signingKind, of: call[0]].all.map(\.json), org)
            },
            Operation("GET", signingPath + "/active") { call, org throws(OrgFault) in
                let json = try IdentityProviders.find(call, org)
                let keys = org.tables[signingKind, of: call[0]]
                let named = json.text("protocol.credentials.signing.kid").flatMap { keys[$0] }
                return try KeyCredential.shown((named ?? keys.all.first?.json).map { [$0] } ?? [], org)
            },
            Operation("POST", signingPath + "/generate") { call, org throws(OrgFault) in
                _ = try IdentityProviders.find(call, org)
                let years = call.query("validityYears").map { Int($0) ?? 0 } ?? 2
                guard (2...10).contains(years) else {
                    throw .invalid(
                        "generateKey", "validityYears: Validity years out of range. It should be 2 - 10 years")
                }
                let key = KeyCredential.new(years: years, &org)
                org.tables[signingKind, of: call[0]][key.text("kid") ?? ""] = key
                return KeyCredential.created(try KeyCredential.shown(key, org), call)
            },
            Operation("GET", signingPath + "/{kid}") { call, org throws(OrgFault) in
                _ = try IdentityProviders.find(call, org)
                guard let key = org.tables[signingKind, of: call[0]][call[1]] else {
                    throw .notFound(call[1], "IdpTrust")
                }
                return .json(try KeyCredential.shown(key, org))
            },
            Operation("POST", signingPath + "/{kid}/clone") { call, org throws(OrgFault) in
                _ = try IdentityProviders.find(call, org)
                guard let key = org.tables[signingKind, of: call[0]][call[1]] else {
                    throw .notFound(call[1], "IdpTrust")
                }
                let target = call.query("targetIdpId") ?? ""
                guard org.tables[IdentityProviders.kind][target] != nil else { throw .notFound(target, "IdpTrust") }
                org.tables[signingKind, of: target][call[1]] = key
                return KeyCredential.created(try KeyCredential.shown(key, org), call, of: target)
            },
        ] + requests.operations()
}
