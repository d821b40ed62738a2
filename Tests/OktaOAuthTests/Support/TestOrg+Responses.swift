import Foundation
import HTTPTypes
import OktaRuntime
import Synchronization

extension TestOrg {
    func tokenResponse(to request: TransportRequest) -> TransportResponse {
        state.withLock { state in
            guard request.head.method == .post, request.head.path == "/oauth2/v1/token",
                request.header("content-type") == "application/x-www-form-urlencoded",
                request.form["grant_type"] == "client_credentials",
                request.form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            else { return oauthError(400, "invalid_request", "The form is wrong.") }
            if let problem = problem(withAssertionOf: request, &state) {
                return oauthError(401, "invalid_client", problem)
            }
            var thumbprint = ""
            let isUnasked = !state.rules.demandsDPoP && request.header("dpop") != nil
            if isUnasked, state.rules.unaskedProofs == .refused {
                return oauthError(400, "invalid_dpop_proof", "DPoP is not available.")
            }
            if state.rules.demandsDPoP || (isUnasked && state.rules.unaskedProofs == .bound) {
                if let problem = problem(withProofOf: request, token: nil, &state) {
                    return oauthError(400, "invalid_dpop_proof", problem)
                }
                if state.rules.demandsTokenNonce, request.proof?.payload["nonce"]?.string != state.tokenNonce {
                    return oauthError(
                        400, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof.",
                        headers: [("dpop-nonce", state.tokenNonce)])
                }
                thumbprint = request.proof.map(Self.thumbprint) ?? ""
            }
            let token = "access-token-\(state.tokens.count + 1)-\(UUID().uuidString)"
            state.tokens[token] = thumbprint
            let type = state.rules.tokenType ?? (thumbprint.isEmpty ? "Bearer" : "DPoP")
            let body = JSON([
                "token_type": JSON(type), "expires_in": JSON(state.rules.lifetime), "access_token": JSON(token),
                "scope": JSON(request.form["scope"] ?? ""),
            ])
            return response(200, body.text, headers: thumbprint.isEmpty ? [] : [("dpop-nonce", state.tokenNonce)])
        }
    }

    func apiResponse(to request: TransportRequest) -> TransportResponse {
        state.withLock { state in
            let parts = (request.header("authorization") ?? "").split(separator: " ").map(String.init)
            guard parts.count == 2, let thumbprint = state.tokens[parts[1]], !state.revoked.contains(parts[1]) else {
                return response(401, #"{"errorCode":"E0000011","errorSummary":"Invalid token provided"}"#)
            }
            if thumbprint.isEmpty {
                return response(parts[0] == "Bearer" && request.header("dpop") == nil ? 200 : 401, "[]")
            }
            let nonce = state.rules.demandsAPINonce ? [("dpop-nonce", state.apiNonce)] : []
            let challenge = { (error: String) in
                self.response(401, "", headers: [("WWW-Authenticate", "DPoP error=\"\(error)\"")] + nonce)
            }
            guard parts[0] == "DPoP", problem(withProofOf: request, token: parts[1], &state) == nil,
                request.proof.map(Self.thumbprint) == thumbprint,
                request.header("x-okta-user-agent-extended") == "isDPoP:true"
            else { return challenge("invalid_dpop_proof") }
            if state.rules.demandsAPINonce, request.proof?.payload["nonce"]?.string != state.apiNonce {
                return challenge("use_dpop_nonce")
            }
            return response(200, "[]", headers: nonce)
        }
    }

    private func problem(withAssertionOf request: TransportRequest, _ state: inout State) -> String? {
        guard let assertion = request.assertion, assertion.isSigned(by: state.publicKey) else {
            return "The client_assertion signature is invalid."
        }
        let payload = assertion.payload
        guard payload["iss"]?.string == Self.clientID, payload["sub"]?.string == Self.clientID,
            payload["aud"]?.string == Self.url + "/oauth2/v1/token"
        else { return "The claims of the client_assertion are wrong." }
        guard let id = payload["jti"]?.string, state.seenIDs.insert(id).inserted else {
            return "The client_assertion token has already been used."
        }
        guard state.rules.checksTimes else { return nil }
        let now = Int(time.trueTime.timeIntervalSince1970)
        guard let expiry = payload["exp"]?.int, let issued = payload["iat"]?.int, expiry > now else {
            return "The client_assertion token is expired."
        }
        return expiry <= now + 3600 && issued <= now + 5 ? nil : "The client_assertion token is not yet valid."
    }

    private func problem(withProofOf request: TransportRequest, token: String?, _ state: inout State) -> String? {
        guard request.header("dpop") != nil else { return "The DPoP proof JWT header is missing." }
        let url =
            "\(request.head.scheme ?? "")://\(request.head.authority ?? "")"
            + (request.head.path ?? "").prefix { $0 != "?" }
        let now = Int(time.trueTime.timeIntervalSince1970)
        guard let proof = request.proof, proof.header["typ"]?.string == "dpop+jwt", let jwk = proof.header["jwk"],
            ["d", "p", "q", "dp", "dq", "qi", "k"].allSatisfy({ jwk[$0] == nil }), proof.isSigned(by: jwk),
            proof.payload["htm"]?.string == request.head.method.rawValue.uppercased(),
            proof.payload["htu"]?.string == url,
            proof.payload["ath"]?.string == token.map(SignedToken.hash),
            let issued = proof.payload["iat"]?.int, abs(issued - now) <= 60 || !state.rules.checksTimes,
            let id = proof.payload["jti"]?.string, state.seenIDs.insert(id).inserted
        else { return "The DPoP proof is invalid." }
        return nil
    }

    /// Returns the thumbprint of RFC 7638, computed independently of the module.
    static func thumbprint(_ proof: SignedToken) -> String {
        let jwk = proof.header["jwk"] ?? .null
        let names = jwk["kty"]?.string == "RSA" ? ["e", "kty", "n"] : ["crv", "kty", "x", "y"]
        let members = names.map { "\"\($0)\":\"\(jwk[$0]?.string ?? "")\"" }
        return SignedToken.hash("{\(members.joined(separator: ","))}")
    }
}
