/// A media type, as `Accept` and `Content-Type` carry it; any text is accepted.
public struct MediaType: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The type with its parameters, such as `application/json;charset=UTF-8`.
    public let rawValue: String

    /// Wraps a media type.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Wraps a media type written as a literal.
    public init(stringLiteral value: String) { rawValue = value }

    /// The type with its parameters.
    public var description: String { rawValue }

    /// `application/json`
    public static var json: MediaType { "application/json" }
    /// `application/merge-patch+json`
    public static var mergePatch: MediaType { "application/merge-patch+json" }
    /// `application/xml`
    public static var xml: MediaType { "application/xml" }
    /// `application/x-www-form-urlencoded`
    public static var form: MediaType { "application/x-www-form-urlencoded" }
    /// `application/x-pem-file`
    public static var pemFile: MediaType { "application/x-pem-file" }
    /// `application/pkix-cert`
    public static var derCertificate: MediaType { "application/pkix-cert" }
    /// `application/pkcs10`, a certificate signing request
    public static var pkcs10: MediaType { "application/pkcs10" }
    /// `application/secevent+jwt`, a security event token
    public static var securityEventToken: MediaType { "application/secevent+jwt" }
    /// `application/octet-stream`
    public static var bytes: MediaType { "application/octet-stream" }
    /// `*/*`
    public static var any: MediaType { "*/*" }
}
