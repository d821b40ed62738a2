import Foundation
import HTTPTypes
import OktaOAuth
import OktaRuntime
import Testing

@Suite("DPoP: a key that a program stores with its tokens")
struct DPoPSessionTests {
    @Test("DPoP session: the stored key reads back as the same key, and is never printed")
    func storedKey() throws {
        let session = try DPoPSession()
        let stored = session.stored
        #expect(try DPoPSession(stored: stored).stored == stored)
        #expect(try DPoPSession().stored != stored)
        let secret = try #require(stored["d"]?.string)
        var dumped = ""
        dump(session, to: &dumped)
        for text in ["\(session)", String(reflecting: session), dumped] { #expect(!text.contains(secret)) }
    }

    @Test("DPoP session: a stored key that is damaged, public or of another kind is refused, and not repeated")
    func damagedKey() throws {
        var mixed = try DPoPSession().stored
        mixed["x"] = try DPoPSession().stored["x"]
        var publicHalf = try DPoPSession().stored
        publicHalf["d"] = nil
        let otherKind = try Fixture.vector("RFC 7515, appendix A.4")["jwk"] ?? .null
        for jwk in [mixed, publicHalf, otherKind, [:], .null] as [JSON] {
            let error = #expect(throws: OktaError.self) { try DPoPSession(stored: jwk) }
            for member in ["x", "y", "d"] {
                guard let value = jwk[member]?.string else { continue }
                #expect(error.map { !"\($0)".contains(value) } == true)
            }
        }
    }

    @Test("DPoP session: a token request repeats once for a nonce, and keeps the nonce of a granted one")
    func tokenNonce() async throws {
        let setup = try TestSetup()
        setup.org.edit { state in
            state.script = { request, count, org in
                let nonce = request.proof?.payload["nonce"]?.string
                return count == 1
                    ? org.oauthError(400, "use_dpop_nonce", "Nonce.", headers: [("DPoP-Nonce", "n1")])
                    : org.response(nonce == "n1" ? 200 : 400, "{}", headers: [("DPoP-Nonce", "n\(count)")])
            }
        }
        let session = try DPoPSession()
        let caller = TestCaller(session.tokenRequests, setup.org, time: setup.time)
        #expect(try await caller.call(.post, "/oauth2/v1/token?x=1").head.status == .ok)
        _ = try await caller.call(.post, "/oauth2/v1/token?x=1")
        let proofs = setup.org.tokenRequests.compactMap(\.proof)
        #expect(proofs.prefix(3).map { $0.payload["nonce"]?.string } == [nil, "n1", "n2"])
        #expect(Set(proofs.compactMap { $0.payload["jti"]?.string }).count == proofs.count)
        #expect(proofs.allSatisfy { $0.isSigned(by: $0.header["jwk"] ?? .null) && $0.header["jwk"]?["d"] == nil })
        #expect(proofs.allSatisfy { $0.payload["htu"]?.string == "https://acme.okta.com/oauth2/v1/token" })
        let thumbprint = try OAuthPrivateKey(session.stored.text).thumbprint
        #expect(proofs.allSatisfy { $0.payload["ath"] == nil && TestOrg.thumbprint($0) == thumbprint })
        #expect(setup.org.tokenRequests.allSatisfy { $0.header("authorization") == nil })
    }

    @Test("DPoP session: a token request repeats once for a wrong clock, and not for a proof that is refused otherwise")
    func wrongClock() async throws {
        for (skew, attempts) in [(-4000.0, 2), (0, 1)] {
            let setup = try TestSetup(skew: skew)
            setup.org.edit { state in
                state.script = { request, count, org in
                    count == 1 ? org.oauthError(400, "invalid_dpop_proof", "No.") : org.response(200, "{}")
                }
            }
            let caller = TestCaller(try DPoPSession().tokenRequests, setup.org, time: setup.time)
            _ = try await caller.call(.post, "/oauth2/v1/token")
            let times = setup.org.tokenRequests.compactMap { $0.proof?.payload["iat"]?.int }
            #expect(times.count == attempts)
            let truth = Int(setup.time.trueTime.timeIntervalSince1970)
            if let last = times.last { #expect(abs(last - truth) <= 2) }
        }
    }

    @Test(
        "DPoP session: the API's nonce is separate from that of tokens, and the hash of the token is in the proof",
        arguments: [
            (401, #"DPoP error="use_dpop_nonce""#, true, TokenVerdict.requiresProof),
            (401, #"DPoP error="use_dpop_nonce""#, false, .rejected), (401, "", true, .rejected),
            (401, #"Bearer error="insufficient_scope""#, true, .accepted), (403, "", true, .accepted),
            (200, "", true, .accepted),
        ])
    func call(_ status: Int, _ challenge: String, _ hasNonce: Bool, _ verdict: TokenVerdict) async throws {
        let setup = try TestSetup()
        let context = TestCaller(setup.credentials, setup.org, time: setup.time).session
        let session = try DPoPSession()
        let call = HTTPRequest(
            method: .get, scheme: "https", authority: "acme.okta.com", path: "/api/v1/users?limit=1")
        let nonce = hasNonce ? [("DPoP-Nonce", "a1")] : []
        let response = setup.org.response(status, "", headers: [("WWW-Authenticate", challenge)] + nonce)
        #expect(session.verdict(on: response, to: call, in: context) == verdict)
        let fields = try session.credentials("token-1", for: call, in: context)
        #expect(fields[.authorization] == "DPoP token-1")
        let name = try #require(HTTPField.Name("DPoP"))
        let payload = try #require(SignedToken(fields[name])).payload
        #expect(payload["nonce"]?.string == (hasNonce ? "a1" : nil))
        #expect(payload["ath"]?.string == SignedToken.hash("token-1"))
        #expect(payload["htu"]?.string == "https://acme.okta.com/api/v1/users" && payload["htm"] == "GET")
        #expect(fields.allSatisfy { $0.value == "isDPoP:true" || $0.indexingStrategy == .disallow })
    }
}
