import Foundation
import LoopbackServer

/// The org's token endpoint: issues an access token to one app. It reads the app's assertion, but has no cryptography
/// with which to check its signature.
enum DemoTokens {
    static let clientID = "0oademo"
    static let scopes: Set<String> = ["okta.groups.read", "okta.users.read"]
    static let accessToken = "demo-access-token"

    static func response(to request: LoopbackRequest) -> LoopbackResponse {
        let form = FormText.values(request.text)
        guard form["grant_type"] == "client_credentials", let assertion = form["client_assertion"],
            subject(of: assertion) == clientID
        else { return .json(#"{"error":"invalid_client"}"#, status: 401) }
        let scope = form["scope"] ?? ""
        guard scopes.isSuperset(of: scope.split(separator: " ").map(String.init)) else {
            return .json(#"{"error":"invalid_scope"}"#, status: 400)
        }
        return .json(
            #"{"token_type":"Bearer","expires_in":3600,"access_token":"\#(accessToken)","scope":"\#(scope)"}"#)
    }

    /// The claim `sub` of a JSON Web Token.
    private static func subject(of token: String) -> String? {
        let parts = token.split(separator: ".")
        guard parts.count == 3 else { return nil }
        let text = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
        struct Claims: Decodable { let sub: String }
        return Data(base64Encoded: text + padding).flatMap { try? JSONDecoder().decode(Claims.self, from: $0).sub }
    }
}

/// The form of queries and of forms in a body.
enum FormText {
    static func values(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1).map {
                $0.replacing("+", with: " ").removingPercentEncoding ?? String($0)
            }
            if let name = parts.first { values[name] = parts.count > 1 ? parts[1] : "" }
        }
        return values
    }
}

extension LoopbackResponse {
    static func found(_ json: String, headers: [(String, String)] = []) -> LoopbackResponse {
        .json(json, headers: [("X-Okta-Request-Id", "demo")] + headers)
    }

    static func missing(_ what: String) -> LoopbackResponse {
        refusal(404, code: "E0000007", summary: "Not found: Resource not found: \(what)")
    }

    static func refusal(_ status: Int, code: String, summary: String) -> LoopbackResponse {
        .json(
            #"{"errorCode":"\#(code)","errorSummary":"\#(summary)","errorId":"demo","errorCauses":[]}"#,
            status: status, headers: [("X-Okta-Request-Id", "demo")])
    }
}
