internal import SwiftASN1

/// The algorithm of a PKCS#8 private key (RFC 5208, PrivateKeyInfo).
struct PKCS8Info {
    let algorithm: ASN1ObjectIdentifier

    private struct Incomplete: Error {}

    static var rsa: ASN1ObjectIdentifier { [1, 2, 840, 113549, 1, 1, 1] }
    static var curve: ASN1ObjectIdentifier { [1, 2, 840, 10045, 2, 1] }

    init(parsing der: [UInt8]) throws {
        algorithm = try DER.sequence(try DER.parse(der), identifier: .sequence) { fields in
            _ = try Int(derEncoded: &fields)
            guard let identifier = fields.next() else { throw Incomplete() }
            let algorithm = try DER.sequence(identifier, identifier: .sequence) { identifier in
                let algorithm = try ASN1ObjectIdentifier(derEncoded: &identifier)
                while identifier.next() != nil {}
                return algorithm
            }
            _ = try ASN1OctetString(derEncoded: &fields)
            while fields.next() != nil {}
            return algorithm
        }
    }

    /// The common name of the algorithm, if it has one.
    var algorithmName: String {
        switch algorithm {
        case [1, 2, 840, 113549, 1, 1, 10]: "RSASSA-PSS"
        case [1, 3, 101, 112]: "Ed25519"
        case [1, 3, 101, 113]: "Ed448"
        case [1, 3, 101, 110]: "X25519"
        default: "\(algorithm)"
        }
    }
}
