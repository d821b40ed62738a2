#if LocalOrg
internal import Crypto
internal import CryptoExtras
import Foundation
import OktaRuntime
internal import SwiftASN1
internal import Synchronization
internal import X509

/// Self-signed certificates of an org's keys, and certificate signing requests.
enum Certificates {
    private struct Subject: Hashable {
        let number: Int
        let content: CertificateContent
    }

    /// A cache, since a signature takes milliseconds and lists of keys are read often.
    private static let known = Mutex<[Subject: IssuedDocument]>([:])

    /// Returns the certificate of a key in Okta's form.
    static func selfSigned(_ number: Int, _ content: CertificateContent) throws(OrgFault) -> IssuedDocument {
        let subject = Subject(number: number, content: content)
        if let document = known.withLock({ $0[subject] }) { return document }
        let key = try OrgKeys.key(number)
        guard let bytes = try? make(key, content) else { throw .internalError }
        let document = IssuedDocument(der: bytes)
        known.withLock { $0[subject] = document }
        return document
    }

    private static func make(_ key: _RSA.Signing.PrivateKey, _ content: CertificateContent) throws -> [UInt8] {
        let name = try DistinguishedName {
            CountryName("US")
            StateOrProvinceName("California")
            LocalityName("San Francisco")
            OrganizationName("Okta")
            OrganizationalUnitName("SSOProvider")
            CommonName(content.name)
            EmailAddress("info@okta.com")
        }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(bytes: serial(content.serial)),
            publicKey: Certificate.PublicKey(key.publicKey), notValidBefore: content.begins.date,
            notValidAfter: content.ends.date, issuer: name, subject: name, extensions: Certificate.Extensions(),
            issuerPrivateKey: Certificate.PrivateKey(key))
        return try bytes(of: certificate)
    }

    /// Returns a positive serial number of 8 bytes.
    private static func serial(_ text: String) -> [UInt8] {
        var bytes = Array(SHA256.hash(data: Array(text.utf8)).prefix(8))
        bytes[0] = bytes[0] & 0x7F | 0x40
        return bytes
    }

    static func bytes(of certificate: Certificate) throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return serializer.serializedBytes
    }

    // MARK: Requests

    /// Returns a certificate signing request (PKCS#10) for a key.
    ///
    /// - Parameters:
    ///   - subject: The subject in the form of the API: `countryName`, `commonName` and others.
    ///   - names: Alternative DNS names of the subject.
    static func request(_ number: Int, subject: JSON, names: [String]) throws(OrgFault) -> IssuedDocument {
        let key = try OrgKeys.key(number)
        guard let bytes = try? makeRequest(key, subject, names) else {
            throw .invalid("subject", "subject: The distinguished name is not valid")
        }
        return IssuedDocument(der: bytes)
    }

    private static func makeRequest(
        _ key: _RSA.Signing.PrivateKey, _ subject: JSON, _ names: [String]
    ) throws -> [UInt8] {
        let name = try DistinguishedName {
            if let text = subject.text("countryName") { CountryName(text) }
            if let text = subject.text("stateOrProvinceName") { StateOrProvinceName(text) }
            if let text = subject.text("localityName") { LocalityName(text) }
            if let text = subject.text("organizationName") { OrganizationName(text) }
            if let text = subject.text("organizationalUnitName") { OrganizationalUnitName(text) }
            if let text = subject.text("commonName") { CommonName(text) }
        }
        var attributes = CertificateSigningRequest.Attributes()
        if !names.isEmpty {
            let alternatives = SubjectAlternativeNames(names.map { GeneralName.dnsName($0) })
            let extensions = try Certificate.Extensions { alternatives }
            attributes = CertificateSigningRequest.Attributes([
                try CertificateSigningRequest.Attribute(ExtensionRequest(extensions: extensions))
            ])
        }
        let request = try CertificateSigningRequest(
            version: .v1, subject: name, privateKey: Certificate.PrivateKey(key), attributes: attributes,
            signatureAlgorithm: .sha256WithRSAEncryption)
        var serializer = DER.Serializer()
        try serializer.serialize(request)
        return serializer.serializedBytes
    }
}

extension IssuedDocument {
    init(der bytes: [UInt8]) {
        text = Base64.encode(bytes)
        thumbprint = Base64URL.encode(SHA256.hash(data: bytes))
    }
}

extension OrgTime {
    var date: Date { Date(timeIntervalSince1970: Double(seconds)) }
}
#endif
