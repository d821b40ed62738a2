#if LocalOrg
import OktaRuntime

/// A response with an assertion, signed according to the app's settings (SAML 2.0 core; XML Signature).
struct SAMLDocument {
    private static let assertionSpace = "urn:oasis:names:tc:SAML:2.0:assertion"
    private static let protocolSpace = "urn:oasis:names:tc:SAML:2.0:protocol"
    private static let signatureSpace = "http://www.w3.org/2000/09/xmldsig#"
    private static let canonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#"
    private static let lifetime = 300

    let content: SAMLContent
    /// The number of the key, and its certificate in base64.
    let key: Int
    let certificate: String
    let now: OrgTime
    /// The ids of the response and its assertion.
    let ids: (response: String, assertion: String)

    /// Returns the whole response.
    func text() throws(OrgFault) -> String {
        let assertion = try signed(ids.assertion, content.signsAssertion) { self.assertion(signature: $0) }
        let response = try signed(ids.response, content.signsResponse) { self.response(assertion, signature: $0) }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + response
    }

    // MARK: Content

    private func assertion(signature: String) -> String {
        let until = (now + Self.lifetime).text
        var confirmation = [("NotOnOrAfter", until), ("Recipient", content.recipient)]
        if let request = content.request { confirmation.insert(("InResponseTo", request), at: 0) }
        let subject = CanonicalXML.element(
            "saml2:Subject", [],
            CanonicalXML.element("saml2:NameID", [("Format", content.subjectFormat)], text: content.subject)
                + CanonicalXML.element(
                    "saml2:SubjectConfirmation", [("Method", "urn:oasis:names:tc:SAML:2.0:cm:bearer")],
                    CanonicalXML.element("saml2:SubjectConfirmationData", confirmation)))
        let conditions = CanonicalXML.element(
            "saml2:Conditions", [("NotBefore", (now + -Self.lifetime).text), ("NotOnOrAfter", until)],
            CanonicalXML.element(
                "saml2:AudienceRestriction", [], CanonicalXML.element("saml2:Audience", text: content.audience)))
        let authentication = CanonicalXML.element(
            "saml2:AuthnStatement", [("AuthnInstant", now.text), ("SessionIndex", ids.assertion)],
            CanonicalXML.element(
                "saml2:AuthnContext", [], CanonicalXML.element("saml2:AuthnContextClassRef", text: content.context)))
        let attributes =
            content.attributes.isEmpty
            ? "" : CanonicalXML.element("saml2:AttributeStatement", [], content.attributes.map(Self.attribute).joined())
        return CanonicalXML.element(
            "saml2:Assertion",
            [
                ("xmlns:saml2", Self.assertionSpace), ("ID", ids.assertion), ("IssueInstant", now.text),
                ("Version", "2.0"),
            ], issuer([]) + signature + subject + conditions + authentication + attributes)
    }

    private static func attribute(_ attribute: SAMLContent.Attribute) -> String {
        CanonicalXML.element(
            "saml2:Attribute", [("Name", attribute.name), ("NameFormat", attribute.format)],
            attribute.values.map { value in
                CanonicalXML.element(
                    "saml2:AttributeValue",
                    [
                        ("xmlns:xs", "http://www.w3.org/2001/XMLSchema"),
                        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"), ("xsi:type", "xs:string"),
                    ], text: value)
            }.joined())
    }

    private func issuer(_ attributes: [(String, String)]) -> String {
        CanonicalXML.element(
            "saml2:Issuer", attributes + [("Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:entity")],
            text: content.issuer)
    }

    private func response(_ assertion: String, signature: String) -> String {
        var attributes = [
            ("xmlns:saml2p", Self.protocolSpace), ("Destination", content.destination), ("ID", ids.response),
        ]
        if let request = content.request { attributes.append(("InResponseTo", request)) }
        attributes += [("IssueInstant", now.text), ("Version", "2.0")]
        let status = CanonicalXML.element(
            "saml2p:Status", [],
            CanonicalXML.element("saml2p:StatusCode", [("Value", "urn:oasis:names:tc:SAML:2.0:status:Success")]))
        return CanonicalXML.element(
            "saml2p:Response", attributes,
            issuer([("xmlns:saml2", Self.assertionSpace)]) + signature + status + assertion)
    }

    // MARK: Signature

    /// Returns an element with a signature over its content without the signature.
    private func signed(
        _ id: String, _ isSigned: Bool, _ make: (_ signature: String) -> String
    ) throws(OrgFault) -> String {
        guard isSigned else { return make("") }
        let digest = OrgKeys.digest(Array(make("").utf8), sha1: content.usesSHA1)
        let information = information(id, Base64.encode(digest))
        // The signed part is serialized alone, so it declares its namespace.
        let apart = CanonicalXML.element("ds:SignedInfo", [("xmlns:ds", Self.signatureSpace)], information)
        let signature = try OrgKeys.sign(Array(apart.utf8), with: key, sha1: content.usesSHA1)
        return make(
            CanonicalXML.element(
                "ds:Signature", [("xmlns:ds", Self.signatureSpace)],
                CanonicalXML.element("ds:SignedInfo", [], information)
                    + CanonicalXML.element("ds:SignatureValue", text: Base64.encode(signature))
                    + CanonicalXML.element(
                        "ds:KeyInfo", [],
                        CanonicalXML.element(
                            "ds:X509Data", [], CanonicalXML.element("ds:X509Certificate", text: certificate)))))
    }

    private func information(_ id: String, _ digest: String) -> String {
        func algorithm(_ element: String, _ name: String, _ content: String = "") -> String {
            CanonicalXML.element(element, [("Algorithm", name)], content)
        }
        let method =
            content.usesSHA1
            ? Self.signatureSpace + "rsa-sha1" : "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
        let hash = content.usesSHA1 ? Self.signatureSpace + "sha1" : "http://www.w3.org/2001/04/xmlenc#sha256"
        // The types of attribute values use the prefix `xs`, but no element name does.
        let prefixes = CanonicalXML.element(
            "ec:InclusiveNamespaces", [("xmlns:ec", Self.canonicalization), ("PrefixList", "xs")])
        return algorithm("ds:CanonicalizationMethod", Self.canonicalization) + algorithm("ds:SignatureMethod", method)
            + CanonicalXML.element(
                "ds:Reference", [("URI", "#" + id)],
                CanonicalXML.element(
                    "ds:Transforms", [],
                    algorithm("ds:Transform", Self.signatureSpace + "enveloped-signature")
                        + algorithm("ds:Transform", Self.canonicalization, prefixes))
                    + algorithm("ds:DigestMethod", hash) + CanonicalXML.element("ds:DigestValue", text: digest))
    }
}
#endif
