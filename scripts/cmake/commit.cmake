# cmake -DSOURCE=folder -DOUT=commit.inc -P commit.cmake
# Writes the commit that is being built as a C string, touching the file only when it changed.
execute_process(COMMAND git -C "${SOURCE}" describe --always --dirty --abbrev=12 --exclude=*
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
    set(commit unknown)
endif()
file(CONFIGURE OUTPUT "${OUT}" CONTENT "\"${commit}\"\n" @ONLY)
