#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
public import OktaRuntime

extension OAuthClientCredentials {
    /// Takes client id, scopes and key of settings, such as `OKTA_CLIENT_CLIENTID`, `OKTA_CLIENT_SCOPES`,
    /// `OKTA_CLIENT_PRIVATEKEY` and `OKTA_CLIENT_KID`; sends nothing.
    ///
    /// - Parameters:
    ///   - settings: The settings. The private key is the key itself, as ``OAuthPrivateKey`` takes it, or the path of a file
    ///     with it.
    ///   - options: How tokens are asked for and used.
    /// - Throws: ``OktaError/configuration(_:)`` that names the setting that is missing or wrong, and its source; never
    ///   repeats the key, nor a path, which may be a key that was copied badly.
    public init(settings: OktaSettings, options: Options = Options()) throws(OktaError) {
        let given = try settings.privateKeySettings()
        try self.init(
            clientID: given.clientID, scopes: given.scopes,
            privateKey: OAuthPrivateKey(given.privateKey, keyID: given.keyID), options: options)
    }
}

extension OAuthPrivateKey {
    /// Reads the key that a setting holds or names the file of.
    fileprivate init(_ setting: Setting, keyID: String?) throws(OktaError) {
        do throws(OktaError) {
            try self.init(Self.text(of: setting), keyID: keyID)
        } catch {
            guard case .configuration(var failure) = error, setting.source != .code else { throw error }
            failure.message = "\(setting.source): \(failure.message)"
            throw .configuration(failure)
        }
    }

    private static func text(of setting: Setting) throws(OktaError) -> String {
        let isKey = setting.text.contains("-----BEGIN") || setting.text.first { !$0.isWhitespace } == "{"
        if isKey { return setting.text }
        let path = String(setting.text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard let content = FileManager.default.contents(atPath: path) else {
            throw .key("the private key is neither a key in PEM or JSON nor the path of a file that can be read")
        }
        return String(decoding: content, as: UTF8.self)
    }
}
