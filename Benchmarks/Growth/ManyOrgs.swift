import OktaRuntime

/// The clients of many orgs in one process, each of which makes a call.
///
/// Prints the threads of the process, and the KB of memory for each org: after the clients were made, and after each has
/// made a call.
struct ManyOrgs {
    let count: Int
    let origin: String

    func measure() async throws {
        let before = try await ProcessState.whenIdle()
        let orgs = try OktaOrganizations(
            (0..<count).map { number in
                let configuration = try OktaConfiguration(orgURL: origin, token: "token-\(number)")
                return .init(name: "org-\(number)", configuration: configuration)
            })
        let made = try await ProcessState.whenIdle()
        for org in orgs.all { _ = try await org.client.request(.get, "/api/v1/one") }
        let called = try await ProcessState.whenIdle()
        func kilobytes(_ state: ProcessState) -> Double {
            Double(state.residentBytes - before.residentBytes) / 1024 / Double(count)
        }
        print(called.threads, kilobytes(made), kilobytes(called), orgs.all.count)
    }
}
