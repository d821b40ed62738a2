#if CommandLine
import OktaCommand
import Testing

@testable import OktaRuntime

@Suite("Version") struct VersionTests {
    @Test("Version: the program's is the library's, which is in `User-Agent`") func sameVersion() {
        #expect(OktaProgram.version == RuntimeVersion.current)
    }
}
#endif
