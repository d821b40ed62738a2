#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

@testable import OktaCommand

/// The messages of the command for failed calls.
@Suite("Failures of calls", .hangLimit) struct CallFailureTests {
    private static let kinds: [TransportError.Kind] = [
        .unknownHost, .proxyFailed, .proxyAuthenticationFailed, .proxyRefused, .connectionFailed, .tlsFailed,
        .untrustedCertificate, .invalidOptions, .timedOut, .responseTooLarge, .malformedResponse, .connectionLost,
        .truncatedResponse,
    ]

    private static let reasons: [OktaError.PagingFailure.Reason] = [
        .otherPath("/api/v1/groups"), .repeatedCursor, .onlyEmptyPages(9), .malformedLink, .noNextPage, .foreignCursor,
    ]

    private static var all: [OktaError] {
        var errors = kinds.map { OktaError.transport(.init(TransportError($0), method: .get, path: "/api/v1/users")) }
        errors += reasons.map { OktaError.paging(.init($0, path: "/api/v1/users")) }
        errors.append(.rateLimited(.init(bucket: "GET /api/v1/users", wait: .seconds(9), method: .get, path: "/x")))
        errors.append(.rateLimited(.init(bucket: "GET /api/v1/users", method: .get, path: "/x")))
        for id in [nil, "r1"] {
            for method in [HTTPRequest.Method.get, .put] {
                var failure = OktaError.DecodingFailure(reason: "no list", method: method, path: "/x", requestID: id)
                failure.remedy = "Name it with itemsKey."
                errors.append(.decoding(failure))
            }
        }
        return errors
    }

    @Test("Call failures: each says what to do, and names no library setting", arguments: CallFailureTests.all.indices)
    func saysWhatToDo(_ index: Int) {
        let failure = CommandFailure(Self.all[index])
        #expect(failure.advice?.isEmpty == false, "\(failure)")
        for word in [
            "rateLimits.", "itemsKey", "request(_", "tail()", "cursor of this failure", "caBundlePath", "maximum",
        ] {
            #expect(!"\(failure)".contains(word), "\(failure)")
        }
    }

    @Test("Call failures: a state that does not permit the call is no lack of a permission")
    func states() {
        func code(_ status: HTTPResponse.Status, _ code: OktaErrorCode?) -> ExitCode {
            var failure = OktaError.APIFailure(status: status, method: .delete, path: "/api/v1/apps/0oa1")
            failure.code = code
            return CommandFailure(.api(failure)).exitCode
        }
        for state in [OktaErrorCode.statusNotAllowed, .activeAppNotDeletable, .unlockNotAllowed, .authenticatorInUse] {
            #expect(code(.forbidden, state) == .refused)
        }
        for other in [OktaErrorCode.accessDenied, .featureNotEnabled, nil] {
            #expect(code(.forbidden, other) == .authorization)
        }
        #expect(code(.unauthorized, .invalidToken) == .authorization)
        #expect(code(.notFound, .notFound) == .refused)
    }

    @Test("Call failures: only a change is said to be executed, and only if the org itself responded")
    func onlyChangesAreDone() {
        func text(_ method: HTTPRequest.Method, _ id: String?) -> String {
            "\(CommandFailure(.decoding(.init(reason: "x", method: method, path: "/x", requestID: id))))"
        }
        #expect(text(.put, "r1").contains("The org has executed the call"))
        #expect(text(.put, nil).contains("may have been executed"))
        for id in [nil, "r1"] { #expect(!text(.get, id).contains("executed")) }
    }

    @Test("Certificates: the authority of SSL_CERT_FILE is trusted, and an unknown one is explained")
    func certificateAuthority() async throws {
        var options = LocalOrg.Options()
        options.tls = true
        let org = try await LocalOrg.start(options)
        let sandbox = try Sandbox(org)
        let authority = try #require(org.certificateAuthorityPath)
        let trusted = try await sandbox.okta("verify", environment: ["SSL_CERT_FILE": authority])
        #expect(trusted.code == 0, "\(trusted.errors)")
        for command in ["verify", "user list-users", "orgs verify --format csv"] {
            let words = command.split(separator: " ").map(String.init)
            let run = try await sandbox.okta(words, environment: ["OKTA_CLIENT_RATELIMIT_MAXRETRIES": "0"])
            #expect(run.code == 3, "\(command): \(run.errors)")
            if words[0] != "orgs" { #expect(run.errors.contains("SSL_CERT_FILE"), "\(run.errors)") }
        }
        let login = try await sandbox.okta(
            "login", org.url, "--token", "--org", "tls", input: "local-org-token",
            environment: ["SSL_CERT_FILE": authority])
        #expect(login.code == 0, "\(login.errors)")
        let absent = try await sandbox.okta("verify", environment: ["SSL_CERT_FILE": "/nowhere.pem"])
        #expect(absent.code == 3 && absent.errors.contains("SSL_CERT_FILE"), "\(absent.code) \(absent.errors)")
        await org.stop()
    }

    @Test("Debug output: each attempt is written if requested, without values and secrets")
    func trace() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 2)
        let sandbox = try Sandbox(org)
        org.engine.add(Fault(.internalError, path: "/api/v1/users"))
        let run = try await sandbox.okta(
            ["user", "list-users", "--search", "profile.city eq \"Oslo\""], environment: ["OKTA_CLI_DEBUG": "1"])
        let lines = run.errors.split(separator: "\n").map(String.init)
        let call = "okta: GET \(org.url)/api/v1/users "
        #expect(lines.contains { $0.hasPrefix("\(call)500 after ") }, "\(run.errors)")
        #expect(lines.contains { $0.hasPrefix("\(call)waits ") && $0.contains("attempt 2") }, "\(run.errors)")
        let last = try #require(lines.last)
        #expect(last.hasPrefix("\(call)200 after ") && last.contains(", request "), "\(run.errors)")
        #expect(!run.errors.contains("Oslo") && !run.errors.contains("local-org-token"))
        await org.stop()
    }

    @Test("Closed streams: a command writes no response into its files")
    func closedStreams() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 3)
        let sandbox = try Sandbox(org)
        let okta = try Sandbox.executable("okta")
        let command =
            "'\(okta)' user partial-update-user --for 'search:status pr' --set profile.city=Oslo <&- >&- 2>&-; echo $?"
        let shell = try sandbox.start("/bin/sh", ["-c", command])
        #expect(await shell.outcome().output == "0\n")
        let runs = try await sandbox.okta("runs", "list", "--format", "ndjson")
        #expect(runs.output.contains(#""failed":0"#), "\(runs.output) \(runs.errors)")
        for words in ["user list-users --format ndjson", "--version"] {
            let list = try sandbox.start("/bin/sh", ["-c", "'\(okta)' \(words) >&-"])
            let failed = await list.outcome()
            #expect(failed.code == 2 && failed.errors.contains("its stream is closed"), "\(failed.errors)")
        }
        await org.stop()
    }
}
#endif
