import OktaRuntime

/// Certificate signing requests of apps and identity providers, and the publication of certificates for them.
struct SigningRequests: Sendable {
    /// The path of the list, such as `/api/v1/apps/{appId}/credentials/csrs`.
    let path: String
    /// The table of the keys with published certificates.
    let keys: String
    /// Throws if the app or identity provider of a call does not exist.
    let check: @Sendable (Call, OrgState) throws(OrgFault) -> Void

    private var kind: String { Operation.normal(path) }

    private func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        try check(call, org)
        guard let request = org.tables[kind, of: call[0]][call[1]] else {
            throw .notFound(call[1], "CertificateSigningRequest")
        }
        return request
    }

    /// Returns a request as JSON, or as PKCS#10 if the client accepts only that.
    private func response(_ request: JSON, _ call: Call) -> OrgResponse? {
        guard let accept = call.request.header("accept"), accept.contains("pkcs10"), !accept.contains("json") else {
            return nil
        }
        return .text(request.text("csr") ?? "", type: "application/pkcs10")
    }

    /// Returns a request with its links.
    private func linked(_ request: JSON, _ call: Call) -> JSON {
        let list = call.target.segments.prefix(6).map { PercentText.encoded($0) }.joined(separator: "/")
        let own = "\(call.origin)/\(list)/\(PercentText.encoded(request.text("id") ?? ""))"
        var linked = request
        linked["_links"] = [
            "publish": ["href": JSON("\(own)/lifecycle/publish"), "hints": ["allow": ["POST"]]],
            "self": ["href": JSON(own), "hints": ["allow": ["GET", "DELETE"]]],
        ]
        return linked
    }

    private func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        try check(call, org)
        let body = try call.object()
        let id = org.newKey()
        let names = (body[path: "subjectAltNames.dnsNames"]?.elements ?? []).compactMap(\.string)
        let document = try Certificates.request(
            org.keyNumber(kid: id), subject: body["subject"] ?? .emptyObject, names: names)
        let request = JSON(members: [
            ("id", JSON(id)), ("created", JSON(org.now.text)), ("csr", JSON(document.text)), ("kty", "RSA"),
        ])
        org.tables[kind, of: call[0]][id] = request
        if var response = response(request, call) {
            response.status = 201
            return response
        }
        return KeyCredential.created(linked(request, call), call)
    }

    /// Publishes the certificate for a request: it becomes a key, and the request is removed.
    private func publish(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        _ = try find(call, org)
        guard let certificate = GivenCertificate(call.request.body) else {
            throw .invalid("certificate", "certificate: The certificate cannot be read.")
        }
        let own = try OrgKeys.numbers(org.keyNumber(kid: call[1]))
        if OrgKeys.areReal, certificate.numbers?.modulus != own.modulus {
            throw .invalid("certificate", "certificate: The certificate is not for the key of the CSR.")
        }
        let key = KeyCredential.new(
            id: org.ids.key(43), certificate: certificate, request: call[1], &org)
        org.tables[keys, of: call[0]][key.text("kid") ?? ""] = key
        org.tables[kind, of: call[0]][call[1]] = nil
        var response = OrgResponse.json(try KeyCredential.shown(key, org), status: 201)
        let owner = call.target.segments.prefix(5).map { PercentText.encoded($0) }.joined(separator: "/")
        response.headers = [
            ("location", "\(call.origin)/\(owner)/keys/\(PercentText.encoded(key.text("kid") ?? ""))")
        ]
        return response
    }

    func operations() -> [Operation] {
        [
            Operation("GET", path) { call, org throws(OrgFault) in
                try check(call, org)
                return .json(JSON(org.tables[kind, of: call[0]].all.map { linked($0.json, call) }))
            },
            Operation("POST", path) { call, org throws(OrgFault) in try create(call, &org) },
            Operation("GET", path + "/{csrId}") { call, org throws(OrgFault) in
                let request = try find(call, org)
                return response(request, call) ?? .json(linked(request, call))
            },
            Operation("DELETE", path + "/{csrId}") { call, org throws(OrgFault) in
                _ = try find(call, org)
                org.tables[kind, of: call[0]][call[1]] = nil
                return .empty()
            },
            Operation("POST", path + "/{csrId}/lifecycle/publish") { call, org throws(OrgFault) in
                try publish(call, &org)
            },
        ]
    }
}
