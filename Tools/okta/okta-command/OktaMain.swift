internal import OktaCommand

#if CommandLine
/// The command `okta`.
@main
enum OktaMain {
    static func main() {
        ProgramStart.run()
    }
}
#else
/// Prints how to build the program, which needs a trait.
@main
enum OktaMain {
    static func main() {
        print("okta: build it with its trait: swift build --traits CommandLine --product okta")
    }
}
#endif
