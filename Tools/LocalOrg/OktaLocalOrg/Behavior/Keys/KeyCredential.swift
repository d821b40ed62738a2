import OktaRuntime

/// Signing keys of apps and identity providers, with their certificates.
///
/// Only a key's id and dates are stored. Its numbers and its certificate are computed when it is first shown.
enum KeyCredential {
    /// Returns a new key that is valid for the given number of years.
    static func new(years: Int, id: String? = nil, _ org: inout OrgState) -> JSON {
        new(id: org.newKey(id: id), expires: org.now + years * 31_556_952, org)
    }

    private static func new(id: String, expires: OrgTime, _ org: OrgState) -> JSON {
        JSON(members: [
            ("kty", "RSA"), ("created", JSON(org.now.text)), ("lastUpdated", JSON(org.now.text)),
            ("expiresAt", JSON(expires.text)), ("kid", JSON(id)), ("use", "sig"),
        ])
    }

    /// Returns a key with a certificate that another party signed.
    ///
    /// - Parameter request: The id of the signing request with the key; nil for a key that the org does not have.
    static func new(
        id: String, certificate: GivenCertificate, request: String? = nil, _ org: inout OrgState
    ) -> JSON {
        if let request { org.shareKey(of: request, as: id) }
        var key = new(id: id, expires: certificate.ends ?? org.now + 10 * 31_556_952, org)
        key["x5c"] = [JSON(certificate.document.text)]
        key["x5t#S256"] = JSON(certificate.document.thumbprint)
        if let numbers = certificate.numbers {
            key["e"] = JSON(numbers.exponent)
            key["n"] = JSON(numbers.modulus)
        }
        return key
    }

    /// Returns a key in the form of the API: a JSON Web Key with its certificate.
    static func shown(_ key: JSON, _ org: OrgState) throws(OrgFault) -> JSON {
        var shown = key
        let kid = key.text("kid") ?? ""
        let number = org.keyNumber(kid: kid)
        if key["x5c"] == nil {
            let begins = OrgTime(key.text("created")) ?? org.now
            let certificate = try Certificates.selfSigned(
                number,
                CertificateContent(
                    name: org.identity.subdomain, serial: kid, begins: begins,
                    ends: OrgTime(key.text("expiresAt")) ?? begins + 10 * 31_556_952))
            shown["x5c"] = [JSON(certificate.text)]
            shown["x5t#S256"] = JSON(certificate.thumbprint)
        }
        if key["n"] == nil {
            let numbers = try OrgKeys.numbers(number)
            shown["e"] = JSON(numbers.exponent)
            shown["n"] = JSON(numbers.modulus)
        }
        return shown
    }

    static func shown(_ keys: [JSON], _ org: OrgState) throws(OrgFault) -> OrgResponse {
        var shown: [JSON] = []
        for key in keys { shown.append(try self.shown(key, org)) }
        return .json(JSON(shown))
    }

    /// Returns a 201 response with the created object's `Location`, below the call's path or that of another owner.
    static func created(_ json: JSON, _ call: Call, of owner: String? = nil) -> OrgResponse {
        var response = OrgResponse.json(json, status: 201)
        let id = (json["kid"] ?? json["id"])?.string ?? ""
        var list = call.target.segments.prefix(6).map { PercentText.encoded($0) }
        if let owner, list.count == 6 { list[3] = owner }
        response.headers = [("location", "\(call.origin)/\(list.joined(separator: "/"))/\(PercentText.encoded(id))")]
        return response
    }
}
