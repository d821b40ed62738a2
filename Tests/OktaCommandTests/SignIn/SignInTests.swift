#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Synchronization
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite("Sign-in: grants")
struct SignInTests {
    @Test("PKCE: the challenge of RFC 7636, appendix B, and verifiers differ")
    func challenge() {
        let proof = PKCE(verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(proof.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        let verifiers = (0..<50).map { _ in PKCE().verifier }
        #expect(Set(verifiers).count == 50)
        #expect(verifiers.allSatisfy { $0.utf8.count == 43 })
    }

    @Test("Device grant: polls until the person approves, and more slowly on request", .hangLimit)
    func deviceGrant() async throws {
        let clock = OrgClock.standing(at: 1_800_000_000)
        let scene = try await SignInScene(clock: clock)
        // The org's clock lags behind during two pauses, so that the second poll comes too soon for it.
        let time = OrgTimeSource(clock, lags: 2)
        let approvals = TimeCount()
        let person = ApprovingSource(time, after: 4) { code in
            approvals.add(1)
            let response = scene.org.engine.handle(
                LocalRequest(
                    "POST", "/_local/devices/\(code)/approve", headers: [],
                    body: Array(#"{"login":"ada@example.com"}"#.utf8)))
            #expect(response.status == 204)
        }
        let tokens = try await DeviceSignIn(scene.app(hint: nil), time: person).tokens { invitation in
            #expect(invitation.address == "\(scene.org.url)/activate")
            #expect(invitation.completeAddress?.hasSuffix(invitation.userCode) == true)
            person.userCode.withLock { $0 = invitation.userCode }
        }
        #expect(time.pauses == [5, 5, 10, 10, 10])
        #expect(approvals.value == 1)
        #expect(tokens.scopes == SignInScene.scopes)
        #expect(tokens.refreshToken != nil)
        await scene.org.stop()
    }

    @Test("Device grant: a denial and an expired code are errors with their reason", .hangLimit)
    func deviceRefusals() async throws {
        let clock = OrgClock.standing(at: 1_800_000_000)
        let scene = try await SignInScene(clock: clock)
        let denied = await #expect(throws: CommandFailure.self) {
            _ = try await DeviceSignIn(scene.app(hint: nil), time: OrgTimeSource(clock)).tokens { invitation in
                _ = scene.org.engine.handle(
                    LocalRequest("POST", "/_local/devices/\(invitation.userCode)/deny", headers: []))
            }
        }
        #expect(denied?.exitCode == .authorization && denied?.message == "the sign-in was denied")
        let expired = await #expect(throws: CommandFailure.self) {
            _ = try await DeviceSignIn(scene.app(hint: nil), time: OrgTimeSource(clock)).tokens { _ in }
        }
        #expect(expired?.message == "the code has expired")
        await scene.org.stop()
    }

    /// The org's clock differs much from this machine's. Signed times use the org's clock.
    @Test(
        "Browser: the code arrives at the loopback port, and is exchanged with its verifier", .hangLimit,
        arguments: [false, true])
    func browser(_ bindsTokens: Bool) async throws {
        let receiver = try LoopbackReceiver(port: 0)
        let scene = try await SignInScene(
            redirect: receiver.redirectURI, clock: .standing(at: 1_800_000_000), bindsTokens: bindsTokens)
        let tokens = try await BrowserSignIn(scene.app(), receiver: receiver).tokens { address in
            guard let url = URL(string: address) else { return }
            Task { _ = try await URLSession.shared.data(from: url) }
        }
        #expect(tokens.scopes == SignInScene.scopes)
        #expect((tokens.proofKey != nil) == bindsTokens)
        let client = try scene.client(with: tokens)
        let me = try await client.request(.get, "/api/v1/users/me").json()
        #expect(me["profile"]?[string: "login"] == scene.login)
        await scene.org.stop()
    }

    @Test("Browser: a refusal by the org ends the sign-in with its reason", .hangLimit)
    func browserRefusal() async throws {
        let receiver = try LoopbackReceiver(port: 0)
        let scene = try await SignInScene(redirect: receiver.redirectURI)
        let failure = await #expect(throws: CommandFailure.self) {
            _ = try await BrowserSignIn(scene.app(hint: "nobody@example.com"), receiver: receiver).tokens { address in
                guard let url = URL(string: address) else { return }
                Task { _ = try await URLSession.shared.data(from: url) }
            }
        }
        #expect(failure?.exitCode == .authorization)
        #expect(failure?.message.contains("There is no active user with this login.") == true)
        await scene.org.stop()
    }

    @Test("Loopback: only the response with the state counts, on the right path and host")
    func verdicts() {
        func verdict(_ line: String, host: String? = "127.0.0.1:8765") -> (String, [String: String]?) {
            let head = host.map { "\(line) HTTP/1.1\r\nHost: \($0)\r\nAccept: */*" } ?? "\(line) HTTP/1.1"
            let found = LoopbackReceiver.verdict(on: head, port: 8765, state: "s 1")
            return (found.status, found.parameters)
        }
        let good = verdict("GET /callback?code=a%2Bb&state=s+1")
        #expect(good.0 == "200 OK" && good.1?["code"] == "a+b")
        let refused = verdict("GET /callback?error=access_denied&state=s%201")
        #expect(refused.0 == "200 OK" && refused.1?["error"] == "access_denied")
        for (line, host) in [
            ("GET /callback?code=x&state=other", "127.0.0.1:8765"), ("GET /callback?code=x", "127.0.0.1:8765"),
            ("GET /favicon.ico", "127.0.0.1:8765"), ("POST /callback?code=x&state=s+1", "127.0.0.1:8765"),
            ("GET /callback?code=x&state=s+1", "evil.example.com:8765"),
            ("GET /callback?code=x&state=s+1", "127.0.0.1:1"), ("GET /callback?code=x&state=s+1", nil),
            ("GET", "127.0.0.1:8765"),
        ] as [(String, String?)] {
            let found = verdict(line, host: host)
            #expect(found.1 == nil && !found.0.hasPrefix("200"), "\(line) \(host ?? "")")
        }
        #expect(LoopbackReceiver.verdict(on: nil, port: 1, state: "").parameters == nil)
    }

    @Test("Loopback: the error for a used port says what to do")
    func takenPort() throws {
        let receiver = try LoopbackReceiver(port: 0)
        let failure = #expect(throws: CommandFailure.self) { try LoopbackReceiver(port: receiver.port) }
        #expect(failure?.exitCode == .usage && failure?.advice?.contains("--port") == true)
    }
}
#endif
