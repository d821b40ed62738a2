import OktaRuntime

/// The clients of many orgs in one process. Each client makes one call.
///
/// Prints the threads of the process and the KB of memory per org: after creating the clients, and after their calls.
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
